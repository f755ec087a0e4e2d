"""Into which section of the bulletin a notice belongs, and why. Pure; words come from seeds/sections.yaml."""

from monitor.classify.rules import classify
from monitor.classify.sections import OTHER, Sections, parse_sections

__all__ = ["OTHER", "Sections", "classify", "parse_sections"]
