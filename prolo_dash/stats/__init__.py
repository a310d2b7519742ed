"""How each number is computed: plain numbers in, frozen dataclasses out."""
