"""The product's promises, kept by the product itself: what `make features` runs."""
