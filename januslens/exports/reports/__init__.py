"""The accessibility report in other tools' formats, one file per format."""
