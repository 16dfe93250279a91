"""The handover sheet: what the gateway tells of a shift, what stands on the sheet, how it prints."""
