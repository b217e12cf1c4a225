"""The upgrade: old entries and RDFs brought to the latest spec; values in, patches and questions out."""
