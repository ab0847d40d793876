using static PSFineTune.Augment.Policies.PolicyStep;

namespace PSFineTune.Augment.Policies;

/// <summary>One of a learned policy's changes.</summary>
/// <param name="Step">Which.</param>
/// <param name="Chance">That it is done, 0 to 1.</param>
/// <param name="Bin">Its strength, 0 to 9; steps without one ignore it.</param>
readonly record struct LearnedStep(PolicyStep Step, double Chance, int Bin = 0);

/// <summary>The policy that AutoAugment found on ImageNet (Cubuk et al. 2019): 25 pairs of changes, of which one pair is drawn.</summary>
static class LearnedPolicy
{
    public const int Bins = 10;

    public static (LearnedStep First, LearnedStep Second)[] ImageNet { get; } =
    [
        (new(Posterize, 0.4, 8), new(Rotate, 0.6, 9)),
        (new(Solarize, 0.6, 5), new(AutoContrast, 0.6)),
        (new(Equalize, 0.8), new(Equalize, 0.6)),
        (new(Posterize, 0.6, 7), new(Posterize, 0.6, 6)),
        (new(Equalize, 0.4), new(Solarize, 0.2, 4)),
        (new(Equalize, 0.4), new(Rotate, 0.8, 8)),
        (new(Solarize, 0.6, 3), new(Equalize, 0.6)),
        (new(Posterize, 0.8, 5), new(Equalize, 1)),
        (new(Rotate, 0.2, 3), new(Solarize, 0.6, 8)),
        (new(Equalize, 0.6), new(Posterize, 0.4, 6)),
        (new(Rotate, 0.8, 8), new(Color, 0.4, 0)),
        (new(Rotate, 0.4, 9), new(Equalize, 0.6)),
        (new(Equalize, 0), new(Equalize, 0.8)),
        (new(Invert, 0.6), new(Equalize, 1)),
        (new(Color, 0.6, 4), new(Contrast, 1, 8)),
        (new(Rotate, 0.8, 8), new(Color, 1, 2)),
        (new(Color, 0.8, 8), new(Solarize, 0.8, 7)),
        (new(Sharpness, 0.4, 7), new(Invert, 0.6)),
        (new(ShearX, 0.6, 5), new(Equalize, 1)),
        (new(Color, 0.4, 0), new(Equalize, 0.6)),
        (new(Equalize, 0.4), new(Solarize, 0.2, 4)),
        (new(Solarize, 0.6, 5), new(AutoContrast, 0.6)),
        (new(Invert, 0.6), new(Equalize, 1)),
        (new(Color, 0.6, 4), new(Contrast, 1, 8)),
        (new(Equalize, 0.8), new(Equalize, 0.6)),
    ];
}
