"""kuaixun (快讯): watches the notice columns of government sites and makes a bulletin of them."""

__version__ = "0.1.0"
