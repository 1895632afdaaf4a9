"""The demo clinic: a clinic with a past, a present and a future, to look at and to try.

`install` fills a site, `remove` takes everything away again. The other apps add their part through
the hook `clinic_demo` (a callable that gets the World).
"""

from clinic_core.demo.installation import install
from clinic_core.demo.removal import remove

__all__ = ["install", "remove"]
