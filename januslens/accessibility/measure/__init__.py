"""The measurements that the rules judge, one module per kind of evidence."""
