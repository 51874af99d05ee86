"""What a clip computes: quantities, and the sweeps that they follow."""
