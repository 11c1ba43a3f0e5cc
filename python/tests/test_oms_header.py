"""`oms` offers everything that include/oms.h has."""

import inspect
import re
import unittest

import oms

from tests.support import HEADER, header_reader

TEXT = HEADER.read_text()


def find(path):
    """What a dotted name stands for."""
    found = oms
    for word in path.split("."):
        found = getattr(found, word)
    return found


class Complete(unittest.TestCase):
    def test_every_function_of_the_header_is_offered(self):
        # Counted here anew, by another rule than the generator's.
        bare = re.sub(r"/\*.*?\*/", "", TEXT, flags=re.S)
        names = set(re.findall(r"\b(oms_\w+)\([^;{}]*\);", bare))
        names = {n for n in names if not n.endswith("_t")}
        self.assertGreater(len(names), 150)
        self.assertEqual(names, set(oms.DOORS))
        for name, path in oms.DOORS.items():
            with self.subTest(name):
                self.assertTrue(callable(find(path)), path)
                self.assertTrue(callable(getattr(oms.lib, name)))

    def test_every_door_says_what_it_does(self):
        for name, path in oms.DOORS.items():
            self.assertTrue(inspect.getdoc(find(path)), name)

    def test_every_constant_has_a_member(self):
        wanted = re.findall(r"^#define (OMS_\w+) \(\((oms_\w+)\)(-?\d+)u?\)", TEXT, re.M)
        self.assertGreater(len(wanted), 400)
        for name, kind, value in wanted:
            words = kind.removeprefix("oms_").removesuffix("_t").split("_")
            enumeration = getattr(oms, "".join(w.capitalize() for w in words))
            member = enumeration(int(value))
            self.assertTrue(name.endswith(member.name.rstrip("_")), (name, member))

    def test_records_are_as_large_as_the_header_says(self):
        sizes = re.findall(r"OMS_STATIC_ASSERT\(sizeof\((oms_\w+)\) == (\d+)", TEXT)
        self.assertGreater(len(sizes), 60)
        for name, size in sizes:
            self.assertEqual(oms.ffi.sizeof(name), int(size), name)

    def test_every_field_is_a_property(self):
        for struct in header_reader().structs.values():
            if not struct.fields or struct.name in ("oms_int128_t", "oms_request_header_t"):
                continue
            words = struct.name.removeprefix("oms_").removesuffix("_t").split("_")
            record = getattr(oms, "".join(w[:1].upper() + w[1:] for w in words))
            made = record()
            for field in struct.fields:
                if field.name.startswith("reserved") or field.name == "header":
                    continue
                name = field.name + "_" if field.name == "from" else field.name
                self.assertIn(name, record._fields)
                getattr(made, name)

    def test_names_agree_with_the_library(self):
        for enumeration, name_of, prefix in (
            (oms.Status, oms.status_name, ""),
            (oms.Check, oms.check_name, ""),
            (oms.OrderStatus, oms.order_status_name, ""),
            (oms.EventKind, oms.event_name, ""),
            (oms.SlippageModel, oms.slippage_model_name, ""),
        ):
            for member in enumeration:
                self.assertEqual(name_of(member).removeprefix("OMS_"), member.name)

    def test_version_is_that_of_the_header(self):
        self.assertEqual(oms.abi_version(), oms.ABI_VERSION)
        self.assertEqual(oms.version(), oms.__version__)


class Reader(unittest.TestCase):
    def test_what_is_not_understood_is_an_error(self):
        import tempfile
        from pathlib import Path

        read = __import__("generate.header", fromlist=["read"]).read
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.h"
            path.write_text("int32_t oms_x(void);\nwhat is this;\n")
            with self.assertRaisesRegex(ValueError, "not understood"):
                read(path)


if __name__ == "__main__":
    unittest.main()
