"""What is kept between runs, as several processes use it at once."""

from site_builder.loading import FOLDER, Memory

CELLS = 60_000
"""Written in one go, they are more than SQLite holds in memory of its own accord."""


def test_others_read_what_was_committed_however_much_is_being_kept(tmp_path):
    (tmp_path / FOLDER).mkdir()
    memory = Memory(tmp_path)
    memory.start_afresh()
    memory.keep("name", b"as committed")
    memory.commit()
    other = Memory(tmp_path)
    with memory.open_to_readers():
        memory.keep("name", b"still being kept")
        memory.keep_asked(1, (f"field/mot-linh-vuc-{number}@{number}" for number in range(CELLS)))
        assert other.kept("name") == b"as committed"
    memory.commit()
    assert other.kept("name") == b"still being kept"
    assert other.asking(["field/mot-linh-vuc-7@7"]) == {1}
    memory.close()
    other.close()
