"""Training of Malmoi's embedded model. `python -m malmoi_training STAGE`; see ../README.md."""
