using System.Buffers.Binary;

namespace PSFineTune;

/// <summary>
/// Random numbers by counter: the n-th number of a key is a pure function of the key and n (SplitMix64, Steele, Lea and
/// Flood 2014). A stream is keyed by what it is for, so nothing depends on batch, worker, order or what ran before.
/// </summary>
sealed class RandomStream(ulong key)
{
    const ulong Golden = 0x9E3779B97F4A7C15;

    ulong _counter;

    /// <summary>The stream of one op on one sample in one epoch.</summary>
    public static RandomStream For(int seed, int epoch, ulong sample, int position) =>
        new(Key(Key(Key(Key(0, (ulong)(uint)seed), (ulong)(uint)epoch), sample), (ulong)(uint)position));

    /// <summary>The stream of a purpose that belongs to no sample, such as the order of an epoch.</summary>
    public static RandomStream For(int seed, int epoch, string purpose) =>
        new(purpose.Aggregate(Key(Key(1, (ulong)(uint)seed), (ulong)(uint)epoch), (key, letter) => Key(key, letter)));

    /// <summary>The first eight bytes of a content hash.</summary>
    public static ulong SampleKey(ReadOnlySpan<byte> contentHash) => BinaryPrimitives.ReadUInt64LittleEndian(contentHash);

    public ulong Next() => Mix(key + ++_counter * Golden);

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform in 0 … count - 1, by multiplication (Lemire 2019); the bias is below count / 2^64.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Fills with 0, with the given probability, or another value; each number is that of one <see cref="Chance"/>, on as many threads as there are.</summary>
    public void Drop(float[] values, double probability, float kept)
    {
        const int piece = 1 << 15;
        var (first, limit) = (_counter, (ulong)Math.Ceiling(probability * (1UL << 53)));
        _counter += (ulong)values.Length;
        if (values.Length <= piece) Fill(0);
        else Parallel.For(0, (values.Length + piece - 1) / piece, Fill);

        void Fill(int at)
        {
            var counter = first + (ulong)at * piece;
            foreach (ref var value in values.AsSpan(at * piece, Math.Min(piece, values.Length - at * piece))) value = Mix(key + ++counter * Golden) >> 11 < limit ? 0 : kept;
        }
    }

    /// <summary>Standard normal, by Box and Muller (1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>0 … count - 1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    static ulong Key(ulong key, ulong part) => Mix(key * Golden + part + Golden);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
