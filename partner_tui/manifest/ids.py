"""Which ids are allowed: those of entries by the spec (its `ResourceId`), those of partners as a part of the site's URLs."""

import re

ENTRY_ID = re.compile(r"[a-z0-9_\-.](?:[a-z0-9_\-/.]*[a-z0-9_\-.])?")
PARTNER_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
