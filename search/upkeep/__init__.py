"""What keeps an archive whole, and what makes it forget.

In: an archive. Out: articles forgotten for good with the proof, what is wrong with its files,
backups, and archives made of backups.
"""

from pinakes.search.upkeep.backup import read_backup, restore_backup
from pinakes.search.upkeep.backup_file import Backup, BackupError
from pinakes.search.upkeep.checking import Fault
from pinakes.search.upkeep.purging import PurgeReport
from pinakes.search.upkeep.raw_bytes import ScanError
from pinakes.search.upkeep.residue import Leftover, Residue

__all__ = [
    "Backup",
    "BackupError",
    "Fault",
    "Leftover",
    "PurgeReport",
    "Residue",
    "ScanError",
    "read_backup",
    "restore_backup",
]
