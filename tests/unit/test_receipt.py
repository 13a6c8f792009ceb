"""What a kiosk writes back to the stick, and who believes it."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.errors import SiteError, TrustError
from sync.receipt import (
    RECEIPT_BYTES,
    KioskKey,
    PackReceipt,
    Receipt,
    kiosk_id,
    kiosk_key,
    receipt_signer,
    verify_receipt,
)


@pytest.fixture
def key(tmp_path: Path) -> KioskKey:
    return kiosk_key(tmp_path)


def a_receipt(key: KioskKey, packs: int = 2) -> Receipt:
    return Receipt(
        kiosk=key.id.fingerprint,
        village="东风村",
        region="350122001201",
        repository="cn.test.fujian",
        issued_on=date(2026, 11, 22),
        synced_on=date(2026, 11, 23),
        proven_on=date(2026, 11, 22),
        result="done",
        packs=tuple(PackReceipt(id=f"pack-{number}", version=1, result="kept") for number in range(packs)),
    )


def test_a_receipt_can_be_verified(key: KioskKey) -> None:
    receipt = a_receipt(key)
    data = key.sign(receipt)
    assert verify_receipt(data, key.id.public) == receipt
    assert receipt_signer(data) == key.id.public
    assert len(data.splitlines()) == 2
    assert "东风村".encode() in data


def test_a_long_receipt_is_cut_and_says_so(key: KioskKey) -> None:
    data = key.sign(a_receipt(key, packs=500))
    assert RECEIPT_BYTES // 2 < len(data) <= RECEIPT_BYTES
    receipt = verify_receipt(data, key.id.public)
    assert receipt.packs[0].id == "pack-0"
    assert len(receipt.packs) + receipt.omitted == 500


def test_a_changed_receipt_is_refused(key: KioskKey) -> None:
    data = key.sign(a_receipt(key))
    with pytest.raises(TrustError) as caught:
        verify_receipt(data.replace(b"done", b"fail"), key.id.public)
    assert caught.value.telephone_code == "T-430"


def test_a_receipt_of_another_kiosk_is_refused(key: KioskKey, tmp_path: Path) -> None:
    other = kiosk_key(tmp_path / "other")
    with pytest.raises(TrustError) as caught:
        verify_receipt(other.sign(a_receipt(other)), key.id.public)
    assert caught.value.telephone_code == "T-430"
    with pytest.raises(TrustError) as caught:
        verify_receipt(key.sign(a_receipt(other)), key.id.public)
    assert caught.value.telephone_code == "T-431"


def test_what_is_signed_but_no_receipt_is_refused(key: KioskKey) -> None:
    odd = msgspec.structs.replace(a_receipt(key), village="x" * 61)
    with pytest.raises(TrustError) as caught:
        verify_receipt(key.sign(odd), key.id.public)
    assert caught.value.telephone_code == "T-431"


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_no_bytes_are_anything_but_refused(data: bytes) -> None:
    for wrong in (data, b"{}\ned25519 " + data, b"{}\ned25519 " + b"00" * 32 + b" " + data.hex().encode() + b"\n"):
        with pytest.raises(TrustError):
            verify_receipt(wrong, "00" * 32)
    with pytest.raises(TrustError):
        receipt_signer(b"{}\nrsa 00 00\n")


def test_the_key_is_made_once_and_kept_to_itself(tmp_path: Path) -> None:
    first, second = kiosk_key(tmp_path), kiosk_key(tmp_path)
    assert first.id == second.id == kiosk_id(first.id.public)
    files = list((tmp_path / "identity").iterdir())
    assert [path.name for path in files] == ["kiosk.ed25519"]
    assert files[0].stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path) -> None:
    """Another key would be another kiosk; the publisher has to know."""
    kiosk_key(tmp_path)
    path = tmp_path / "identity/kiosk.ed25519"
    for wrong in (b"", path.read_bytes()[:50], _a_key_of_another_kind()):
        path.write_bytes(wrong)
        with pytest.raises(SiteError) as caught:
            kiosk_key(tmp_path)
        assert caught.value.telephone_code == "M-391"
        assert path.read_bytes() == wrong


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "identity").write_text("a file")
    with pytest.raises(SiteError):
        kiosk_key(tmp_path)


def _a_key_of_another_kind() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    return generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
