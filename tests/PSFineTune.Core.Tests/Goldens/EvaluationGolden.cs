namespace PSFineTune.Tests;

/// <summary>evaluation.json: what evaluation.py made.</summary>
sealed record EvaluationGolden
{
    public static EvaluationGolden Read { get; } = PixelGolden.Embedded<EvaluationGolden>("evaluation.json");

    public IReadOnlyList<Case> Cases { get; init; } = [];

    public sealed record Case
    {
        public string Name { get; init; } = "";

        /// <summary>Probabilities are counts over it.</summary>
        public int Whole { get; init; }

        public IReadOnlyList<int> Labels { get; init; } = [];

        public IReadOnlyList<IReadOnlyList<int>> Counts { get; init; } = [];

        public double Accuracy { get; init; }

        public IReadOnlyList<double> TopK { get; init; } = [];

        public IReadOnlyList<double> Precision { get; init; } = [];

        public IReadOnlyList<double> Recall { get; init; } = [];

        public IReadOnlyList<double> F1 { get; init; } = [];

        public IReadOnlyList<int> Support { get; init; } = [];

        /// <summary>Precision, recall, F1.</summary>
        public IReadOnlyList<double> Macro { get; init; } = [];

        /// <inheritdoc cref="Macro"/>
        public IReadOnlyList<double> Weighted { get; init; } = [];

        public IReadOnlyList<double?> Areas { get; init; } = [];

        public double? MacroArea { get; init; }

        public IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; } = [];

        public double LogLoss { get; init; }

        public double Brier { get; init; }

        public double CalibrationError { get; init; }

        /// <summary>Null where no temperature between the bounds is best.</summary>
        public double? Temperature { get; init; }

        public IReadOnlyList<string> Classes => [.. Counts[0].Select((_, index) => $"c{index}")];

        public IReadOnlyList<float[]> Probabilities => [.. Counts.Select(row => row.Select(count => count / (float)Whole).ToArray())];
    }
}
