using System.Runtime.Intrinsics;

namespace PSFineTune.Audit;

/// <summary>A stretch of one side of a picture: what each cell of a sketch along it adds to each frequency of the cosine transform, so that sampling and transform are one product.</summary>
sealed class Stretch
{
    readonly Vector256<float>[] _weights = new Vector256<float>[Sketch.Cells];

    /// <param name="start">Share of the side.</param>
    /// <param name="length">Share of the side.</param>
    public Stretch(float start, float length)
    {
        for (var cell = 0; cell < Sketch.Side; cell++)
        {
            var at = Sketch.Place(start, length, cell, out var part);
            var cosines = Vector256.Create([.. Enumerable.Range(0, PerceptualHash.Frequencies).Select(frequency => Cosine(frequency, cell))]);
            _weights[at] += (1 - part) * cosines;
            _weights[at + 1] += part * cosines;
        }
        (First, End) = (Array.FindIndex(_weights, weight => weight != default), Array.FindLastIndex(_weights, weight => weight != default) + 1);
    }

    /// <summary>Cell by cell, that of all frequencies.</summary>
    public ReadOnlySpan<Vector256<float>> Weights => _weights;

    /// <summary>The first cell that adds anything.</summary>
    public int First { get; }

    /// <summary>The cell behind the last that does.</summary>
    public int End { get; }

    static float Cosine(int frequency, int place) => (float)Math.Cos(Math.PI * frequency * (place + 0.5) / Sketch.Side);
}
