namespace PSFineTune.Models.Nodes;

/// <summary>
/// What a tensor holds before weights are loaded. Fans are PyTorch's: fan in is the product of all dimensions but the
/// first, fan out the product of all but the second.
/// </summary>
sealed record Filling(Func<long[], RandomStream, Func<double>> Source)
{
    public static Filling Zero { get; } = Constant(0);

    public static Filling One { get; } = Constant(1);

    /// <summary>Normal with deviation sqrt(2 / fan out): He et al. 2015, https://arxiv.org/abs/1502.01852, as torchvision's convolutions.</summary>
    public static Filling FanOutNormal { get; } = new((shape, stream) => Deviate(stream, Math.Sqrt(2.0 / FanOut(shape))));

    /// <summary>Normal with deviation sqrt(2 / fan in).</summary>
    public static Filling FanInNormal { get; } = new((shape, stream) => Deviate(stream, Math.Sqrt(2.0 / FanIn(shape))));

    /// <summary>Uniform within sqrt(6 / fan in).</summary>
    public static Filling FanInUniform { get; } = new((shape, stream) => Within(stream, Math.Sqrt(6.0 / FanIn(shape))));

    /// <summary>Uniform within sqrt(6 / (fan in + fan out)): Glorot and Bengio 2010.</summary>
    public static Filling Xavier { get; } = new((shape, stream) => Within(stream, Math.Sqrt(6.0 / (FanIn(shape) + FanOut(shape)))));

    public static Filling Constant(double value) => new((_, _) => () => value);

    public static Filling Normal(double deviation) => new((_, stream) => Deviate(stream, deviation));

    /// <summary>Uniform within 1 / sqrt(fan in), PyTorch's default for weights and their biases.</summary>
    public static Filling Plain(long fanIn) => new((_, stream) => Within(stream, 1 / Math.Sqrt(fanIn)));

    /// <summary>Fan in of a weight.</summary>
    public static long FanIn(long[] shape) => shape[1..].Aggregate(1L, (product, side) => product * side);

    public float[] Draw(long[] shape, RandomStream stream)
    {
        var next = Source(shape, stream);
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)next();
        return values;
    }

    static long FanOut(long[] shape) => shape[0] * FanIn(shape) / shape[1];

    static Func<double> Deviate(RandomStream stream, double deviation) => () => deviation * stream.Normal();

    static Func<double> Within(RandomStream stream, double bound) => () => stream.Uniform(-bound, bound);
}
