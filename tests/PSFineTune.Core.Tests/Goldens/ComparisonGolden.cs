namespace PSFineTune.Tests;

/// <summary>comparison.json: what comparison.py made.</summary>
sealed record ComparisonGolden
{
    public static ComparisonGolden Read { get; } = PixelGolden.Embedded<ComparisonGolden>("comparison.json");

    public IReadOnlyList<Test> Tests { get; init; } = [];

    public IReadOnlyList<Share> Shares { get; init; } = [];

    public IReadOnlyList<Pair> Pairs { get; init; } = [];

    public IReadOnlyList<Power> Powers { get; init; } = [];

    public IReadOnlyList<Power> Gains { get; init; } = [];

    public IReadOnlyList<Value> Normal { get; init; } = [];

    public sealed record Test(int First, int Second, double P, double OneSided);

    public sealed record Share(int Hits, int Count, double Confidence, double[] Interval);

    public sealed record Pair(int Gained, int Lost, int Count, double Confidence, double[] Interval, double Score);

    public sealed record Power(int Count, double Differing, double Gain, double Level, [property: System.Text.Json.Serialization.JsonPropertyName("power")] double Chance);

    public sealed record Value(double X, double Below);
}
