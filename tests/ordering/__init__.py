"""Tests of giving orders: what is said of them, review, reasons, results, undoing."""
