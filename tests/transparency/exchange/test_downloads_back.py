"""What the portal offers as a download can be read back, and then nothing changes."""

import pytest

from tests.factories.transparency import published_entry
from tests.transparency.exchange.helpers import outcomes, take_in
from transparency.models import Entry

pytestmark = pytest.mark.django_db
FILES = ["toepassingen.json", "toepassingen.csv"]


@pytest.fixture(params=FILES)
def download(request, client):
    published_entry(slug="kijker", content={"tags": "breuk, bot", "object_how": "Zeg het.\n\n- voor de foto\n- erna"})
    published_entry(slug="zoeker", organisation__name="De Linde")
    return b"".join(client.get(f"/downloads/{request.param}").streaming_content)


def test_download_read_back_changes_nothing(download):
    before = dict(Entry.objects.values_list("slug", "current_version__content"))

    made = take_in(download, publish=True)

    assert set(outcomes(made)) == {"unchanged"}
    assert dict(Entry.objects.values_list("slug", "current_version__content")) == before
