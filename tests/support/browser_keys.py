"""Reading by keyboard: every stop of the Tab key, and whether one sees where it is."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

MOST_STOPS = 500
LEAST_CONTRAST = 3  # WCAG 1.4.11: what shows focus against what lies behind it

# Number of this element among the stops so far, its text, whether it lies in the window and how clear its ring is.
HERE = """() => {
  const e = document.activeElement
  if (!e || e === document.body || e === document.documentElement) return null
  window.aimzStops ??= []
  let number = window.aimzStops.indexOf(e)
  if (number < 0) number = window.aimzStops.push(e) - 1
  const numbers = text => (text.match(/[\\d.]+/g) || []).map(Number)
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const solid = colour => colour.length > 2 && (colour[3] ?? 1) > 0.5
  let ground = [255, 255, 255]
  for (let p = e.parentElement; p; p = p.parentElement) {
    const colour = numbers(getComputedStyle(p).backgroundColor)
    if (solid(colour)) { ground = colour; break }
  }
  const style = getComputedStyle(e), rings = []
  if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) rings.push(numbers(style.outlineColor))
  for (const shadow of style.boxShadow.split(/,\\s*(?=rgb)/)) {
    const colour = numbers((shadow.match(/rgba?\\([^)]*\\)/) || [''])[0])
    const spread = parseFloat((shadow.match(/-?[\\d.]+px/g) || [])[3])
    if (solid(colour) && spread >= 2 && !shadow.includes('inset')) rings.push(colour)
  }
  const box = e.getBoundingClientRect(), text = (e.innerText || e.value || '').trim().slice(0, 40)
  const before = number ? window.aimzStops[number - 1] : null
  return {
    number,
    label: `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} “${text}”`,
    in_window: box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0
      && box.left < innerWidth && box.right > 0,
    in_order: !before || Boolean(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    contrast: Math.max(0, ...rings.map(colour => contrast(colour, ground))),
  }
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}))
  .filter(e => !(window.aimzStops || []).includes(e))
  .map(e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} “${(e.innerText || '').trim().slice(0, 40)}”`)"""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One place where the Tab key stops."""

    number: int
    label: str
    in_window: bool
    in_order: bool
    contrast: float

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees where he is."""
        return self.in_window and self.contrast >= LEAST_CONTRAST


def stops(page: Page) -> list[Stop]:
    """Every stop from the start of the page until the Tab key leaves it. Fails when it never leaves."""
    found: list[Stop] = []
    while len(found) < MOST_STOPS:
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            return found
        stop = Stop(**here)
        assert stop.number == len(found), f"the Tab key turns round at {stop.label} and never leaves the page"
        found.append(stop)
    raise AssertionError(f"more than {MOST_STOPS} stops")


def never_reached(page: Page) -> list[str]:
    """After `stops`: what can be pressed or filled in but where the Tab key did not stop."""
    missed: list[str] = page.evaluate(REACHABLE)
    return missed


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has focus. Fails when it never gets it."""
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not reach {target}")
