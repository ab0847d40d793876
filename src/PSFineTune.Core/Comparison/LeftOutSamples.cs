using System.Text.Json.Serialization;

namespace PSFineTune.Comparison;

/// <summary>Hold-out samples that did not count, each by the first reason that holds.</summary>
public sealed record LeftOutSamples
{
    /// <summary>The same content is among the champion's training samples.</summary>
    public int ChampionTraining { get; init; }

    /// <summary>A text of the same letters and digits is among the champion's training samples.</summary>
    public int ChampionTrainingText { get; init; }

    /// <summary>The same content is among the challenger's training samples.</summary>
    public int ChallengerTraining { get; init; }

    /// <summary>A text of the same letters and digits is among the challenger's training samples.</summary>
    public int ChallengerTrainingText { get; init; }

    /// <summary>Content or text is among the validation samples by which the champion's epochs and temperature were chosen; 0 where those are what is judged on, which is warned of.</summary>
    public int ChampionValidation { get; init; }

    /// <summary>Content or text is among the validation samples by which the challenger's epochs and temperature were chosen; 0 where those are what is judged on, which is warned of.</summary>
    public int ChallengerValidation { get; init; }

    /// <summary>The same content is in the hold-out with another label: none of the copies counts.</summary>
    public int Contradicting { get; init; }

    /// <summary>The same content is in the hold-out before, with the same label: a copy tells nothing new.</summary>
    public int Repeated { get; init; }

    /// <summary>All of them.</summary>
    [JsonIgnore]
    public int Count => ChampionTraining + ChampionTrainingText + ChallengerTraining + ChallengerTrainingText + ChampionValidation + ChallengerValidation + Contradicting + Repeated;
}
