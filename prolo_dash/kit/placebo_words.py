"""What a control group's gain is not, in words."""

NOT_PLACEBO = "A control group's gain is not “the placebo effect”."
