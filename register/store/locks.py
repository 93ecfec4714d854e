"""The numbers of the advisory locks, in one list so that no two uses share one.

A lock of one number belongs to the whole register; of a pair, the first number says what is claimed and the
second is its id. Numbers stay as they are: processes of two versions may run beside each other.
"""

# Batches that change the register, one after another.
CHANGE_LOCK = 7_164_001
# The process that writes the index.
INDEX_LOCK = 7_164_002
# The process that brings the tables up to date.
MIGRATION_LOCK = 7_164_003
# The process that follows the changes into the ledger of coverage.
COVERAGE_LOCK = 7_164_011
# The process that makes a snapshot of the register.
SNAPSHOT_LOCK = 7_164_015

# Pairs: a feed that is read, by its id; a host that is asked, by a number of its name.
FEED_CLAIMS = 7_164
HOST_CLAIMS = 7_165
