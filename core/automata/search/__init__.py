"""The search for creatures: candidates are drawn and bred, tried and judged, the best kept."""
