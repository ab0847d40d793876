using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Text.Svm;

/// <summary>
/// The passes over all samples that a step of the solver consists of, eight at a time. What may not be chosen has an infinite
/// distance, so that there is nothing to branch on; of equals the last is chosen, as LIBSVM does, eight at a time or not.
/// </summary>
static class WorkingSet
{
    const int Block = 8;

    static readonly Vector256<double> s_places = Vector256.Create(0.0, 1, 2, 3);

    /// <summary>The highest sum, and the last place that has it; -1 where all are minus infinity.</summary>
    /// <param name="values">By place.</param>
    /// <param name="barriers">0, or minus infinity for places that may not be chosen.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Most, int Place) Highest(ReadOnlySpan<double> values, ReadOnlySpan<double> barriers)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var barrier = ref MemoryMarshal.GetReference(barriers[..values.Length]);
        var (one, two, i) = (Vector256.Create(double.NegativeInfinity), Vector256.Create(double.NegativeInfinity), 0);
        for (; i + Block <= values.Length; i += Block)
        {
            one = Vector256.Max(one, Vector256.LoadUnsafe(ref value, (nuint)i) + Vector256.LoadUnsafe(ref barrier, (nuint)i));
            two = Vector256.Max(two, Vector256.LoadUnsafe(ref value, (nuint)i + 4) + Vector256.LoadUnsafe(ref barrier, (nuint)i + 4));
        }
        one = Vector256.Max(one, two);
        var most = Math.Max(Math.Max(one[0], one[1]), Math.Max(one[2], one[3]));
        for (; i < values.Length; i++) most = Math.Max(most, values[i] + barriers[i]);
        if (!(most > double.NegativeInfinity)) return (most, -1);
        var (wanted, place) = (Vector256.Create(most), values.Length);
        for (; place >= Block; place -= Block)
        {
            var last = (nuint)place - 4;
            if (Vector256.EqualsAny(Vector256.LoadUnsafe(ref value, last) + Vector256.LoadUnsafe(ref barrier, last), wanted)
                || Vector256.EqualsAny(Vector256.LoadUnsafe(ref value, last - 4) + Vector256.LoadUnsafe(ref barrier, last - 4), wanted)) break;
        }
        do place--;
        while (values[place] + barriers[place] != most);
        return (most, place);
    }

    /// <summary>The lowest value that may be chosen, and the place with which the objective falls most: (most - value)^2 by the curvature.</summary>
    /// <param name="values">By place.</param>
    /// <param name="barriers">0, or infinity for places that may not be chosen.</param>
    /// <param name="row">Of the kernel, of the first of the pair.</param>
    /// <param name="diagonal">Of the kernel.</param>
    /// <param name="most">Value of the first of the pair; others have to be lower.</param>
    /// <param name="own">Its element of the diagonal.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Lowest, int Place) Partner(
        ReadOnlySpan<double> values, ReadOnlySpan<double> barriers, ReadOnlySpan<float> row, ReadOnlySpan<double> diagonal, double most, double own)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var barrier = ref MemoryMarshal.GetReference(barriers[..values.Length]);
        ref var product = ref MemoryMarshal.GetReference(row[..values.Length]);
        ref var other = ref MemoryMarshal.GetReference(diagonal[..values.Length]);
        var one = new Best(most, own);
        var (two, places, i) = (one, s_places, 0);
        for (; i + Block <= values.Length; i += Block)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref product, (nuint)i));
            one.See(Vector256.LoadUnsafe(ref value, (nuint)i) + Vector256.LoadUnsafe(ref barrier, (nuint)i), low, Vector256.LoadUnsafe(ref other, (nuint)i), places);
            two.See(Vector256.LoadUnsafe(ref value, (nuint)i + 4) + Vector256.LoadUnsafe(ref barrier, (nuint)i + 4), high, Vector256.LoadUnsafe(ref other, (nuint)i + 4), places + Vector256.Create(4.0));
            places += Vector256.Create((double)Block);
        }
        // The rest one by one, each in all four lanes.
        for (; i < values.Length; i++)
            one.See(Vector256.Create(values[i] + barriers[i]), Vector256.Create((double)row[i]), Vector256.Create(diagonal[i]), Vector256.Create((double)i));
        var (lowest, gain, place) = (double.PositiveInfinity, double.NegativeInfinity, -1);
        foreach (var best in (ReadOnlySpan<Best>)[one, two])
            for (var lane = 0; lane < Vector256<double>.Count; lane++)
            {
                lowest = Math.Min(lowest, best.Lowest[lane]);
                if (best.Gain[lane] > gain || (best.Gain[lane] == gain && best.Place[lane] > place)) (gain, place) = (best.Gain[lane], (int)best.Place[lane]);
            }
        return (lowest, place);
    }

    /// <summary>Takes multiples of two rows of the kernel from all values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(Span<double> values, ReadOnlySpan<float> rowI, double stepI, ReadOnlySpan<float> rowJ, double stepJ)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var left = ref MemoryMarshal.GetReference(rowI[..values.Length]);
        ref var right = ref MemoryMarshal.GetReference(rowJ[..values.Length]);
        var (allI, allJ, i) = (Vector256.Create(stepI), Vector256.Create(stepJ), 0);
        for (; i + Block <= values.Length; i += Block)
        {
            var (lowI, highI) = Vector256.Widen(Vector256.LoadUnsafe(ref left, (nuint)i));
            var (lowJ, highJ) = Vector256.Widen(Vector256.LoadUnsafe(ref right, (nuint)i));
            (Vector256.LoadUnsafe(ref value, (nuint)i) - (lowI * allI + lowJ * allJ)).StoreUnsafe(ref value, (nuint)i);
            (Vector256.LoadUnsafe(ref value, (nuint)i + 4) - (highI * allI + highJ * allJ)).StoreUnsafe(ref value, (nuint)i + 4);
        }
        for (; i < values.Length; i++) values[i] -= rowI[i] * stepI + rowJ[i] * stepJ;
    }

    struct Best(double most, double own)
    {
        readonly Vector256<double> _most = Vector256.Create(most), _own = Vector256.Create(own);

        public Vector256<double> Lowest = Vector256.Create(double.PositiveInfinity), Gain = Vector256.Create(double.NegativeInfinity), Place = Vector256.Create(-1.0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void See(Vector256<double> value, Vector256<double> product, Vector256<double> diagonal, Vector256<double> place)
        {
            Lowest = Vector256.Min(Lowest, value);
            var difference = _most - value;
            var curvature = _own + diagonal - (product + product);
            curvature = Vector256.ConditionalSelect(Vector256.GreaterThan(curvature, Vector256<double>.Zero), curvature, Vector256.Create(VariablePair.Flat));
            var gain = difference * difference / curvature;
            var better = Vector256.GreaterThan(difference, Vector256<double>.Zero) & Vector256.GreaterThanOrEqual(gain, Gain);
            (Gain, Place) = (Vector256.ConditionalSelect(better, gain, Gain), Vector256.ConditionalSelect(better, place, Place));
        }
    }
}
