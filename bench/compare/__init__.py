# SPDX-License-Identifier: Apache-2.0
"""nuncio beside other engines: see ../search.py."""
