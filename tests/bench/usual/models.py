"""One row per provider and per entry; what has several values is a relation of its own."""

from django.db import models


class Provider(models.Model):
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    place = models.CharField(max_length=100)
    province = models.CharField(max_length=20, db_index=True)

    def __str__(self) -> str:
        return self.name


class CareSetting(models.Model):
    code = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    slug = models.SlugField(unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    care_settings = models.ManyToManyField(CareSetting)
    updated_at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=100)
    summary = models.TextField()
    product_maker = models.CharField(max_length=200)
    tags = models.TextField()
    start_month = models.CharField(max_length=7)
    use_kind = models.CharField(max_length=40, db_index=True)
    ai_kind = models.CharField(max_length=40)
    status = models.CharField(max_length=40, db_index=True)
    can_refuse = models.CharField(max_length=20, db_index=True)
    can_refuse_text = models.TextField()
    participation = models.CharField(max_length=20, db_index=True)
    participation_text = models.TextField()
    talks_to_patient = models.CharField(max_length=20)
    leaves_eu = models.CharField(max_length=20)
    used_to_improve_ai = models.CharField(max_length=20)
    output_role = models.CharField(max_length=20)
    medical_device = models.CharField(max_length=20)
    ce_class = models.CharField(max_length=20, blank=True, db_index=True)
    purpose = models.TextField()
    for_whom = models.TextField()
    effect_on_you = models.TextField()
    told_how = models.TextField()
    data_used = models.TextField()
    data_storage = models.TextField()
    data_shared_with = models.TextField()
    who_decides = models.TextField()
    risks = models.TextField()
    monitoring = models.TextField()
    complain_how = models.TextField()
    how_it_works = models.TextField()
    considerations = models.TextField()
    fallback = models.TextField()

    def __str__(self) -> str:
        return self.name


class History(models.Model):
    """What an entry was after each import."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE)
    data = models.JSONField()
    reason = models.CharField(max_length=200)
    happened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.happened_at}"
