import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody a test may need; see tests/cast.py."""
    return make_cast()
