"""What people do with clauses: tell their types, compare, align, report."""
