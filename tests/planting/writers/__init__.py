"""Canonical values written out as a provider would hand them in, one small writer for each format.

A new format is one more class in ``WRITERS``: what it cannot hold it says by ``holds``.
"""

from tests.planting.writers.european_digital_credentials import EuropeanDigitalCredentials
from tests.planting.writers.open_badges import OpenBadges
from tests.planting.writers.tables import TemplateCsv, TemplateWorkbook
from tests.planting.writers.writer import Writer

WRITERS: tuple[Writer, ...] = (TemplateCsv(), TemplateWorkbook(), EuropeanDigitalCredentials(), OpenBadges())
