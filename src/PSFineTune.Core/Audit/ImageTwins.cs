using PSFineTune.Data;
using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>How two pictures are one.</summary>
enum TwinKind : byte { None, Bytes, Pixels, Near, Mirrored, Turned, Part }

/// <summary>
/// For each picture the first that shows the same: first in training, then in validation, then in the test, and there by
/// path. Files of the same bytes are one, then those of the same pixels; only what is left is compared by its looks, each with
/// the few whose hashes are near, so that the time grows little faster than the count.
/// </summary>
sealed class ImageTwins
{
    // Bits of the hash in which copies differ; how many are looked at for all parts of a picture, or half of that for each of its turns;
    // how many are compared in full.
    const int Radius = 10, PartRadius = 9, Looked = 1 << 15, Compared = 48, PartsCompared = 16, Places = 2;

    // So many are looked for at once.
    const int Block = 512;

    readonly ImageSurvey _survey;
    readonly int[] _order, _rankOf, _first, _rival;
    readonly TwinKind[] _firstKind, _rivalKind;
    readonly object[] _locks = [.. Enumerable.Range(0, 256).Select(_ => new object())];

    /// <param name="survey">Of all pictures.</param>
    /// <exception cref="OperationCanceledException">The survey was told to stop.</exception>
    public ImageTwins(ImageSurvey survey)
    {
        _survey = survey;
        _order = [.. Enumerable.Range(0, survey.Count).OrderBy(row => survey.SplitAt(row))];
        _rankOf = new int[_order.Length];
        for (var rank = 0; rank < _order.Length; rank++) _rankOf[_order[rank]] = rank;
        (_first, _rival) = (Filled(), Filled());
        (_firstKind, _rivalKind) = (new TwinKind[_order.Length], new TwinKind[_order.Length]);

        var single = Leaders(Enumerable.Range(0, _order.Length), row => survey[row].Content, TwinKind.Bytes);
        single = Leaders(single, row => survey[row].Pixels, TwinKind.Pixels);
        Compare([.. single.Where(rank => survey[_order[rank]].Contrast >= Likeness.LeastContrast)]);
    }

    /// <summary>The row that shows the same and comes first; -1 for none.</summary>
    public int FirstOf(int row) => RowOf(_first[_rankOf[row]]);

    public TwinKind KindOf(int row) => _firstKind[_rankOf[row]];

    /// <summary>The first row that shows the same and has another label; -1 for none.</summary>
    public int RivalOf(int row) => RowOf(_rival[_rankOf[row]]);

    public TwinKind RivalKindOf(int row) => _rivalKind[_rankOf[row]];

    int RowOf(int rank) => rank == int.MaxValue ? -1 : _order[rank];

    int[] Filled() => [.. Enumerable.Repeat(int.MaxValue, _order.Length)];

    List<int> Leaders(IEnumerable<int> ranks, Func<int, (ulong, ulong)> keyOf, TwinKind kind)
    {
        var (leaders, known) = (new List<int>(), new Dictionary<(ulong, ulong), int>());
        foreach (var rank in ranks)
        {
            var key = keyOf(_order[rank]);
            if (known.TryAdd(key, rank)) leaders.Add(rank);
            else Note(known[key], rank, kind);
        }
        return leaders;
    }

    void Compare(int[] ranks)
    {
        var hashes = new ulong[ranks.Length];
        var work = new FileWork(_survey.Progress);
        Run("Hashing images", (from, to) =>
        {
            for (var entry = from; entry < to; entry++) hashes[entry] = SketchOf(ranks[entry]).Hash();
        });
        var index = new HashIndex(hashes);
        Run("Comparing images", (from, to) => CompareWhole(ranks, hashes, index, from, to));
        // What whole pictures have told alone decides which parts are tried: what threads note meanwhile differs from run to run.
        var known = _first.ToArray();
        Run("Comparing parts of images", (from, to) => CompareParts(ranks, index, from, to, known));

        void Run(string activity, Action<int, int> block) => work.Run(activity, ranks.Length, Math.Clamp(ranks.Length / 8, 1, Block), block, _survey.Cancel);
    }

    Sketch SketchOf(int rank) => new(_survey.ThumbnailAt(_order[rank])[..Thumbnail.Luma]);

    void CompareWhole(int[] ranks, ulong[] hashes, HashIndex index, int from, int to)
    {
        const int symmetries = 8;
        var queries = new ulong[symmetries * (to - from)];
        for (var query = 0; query < queries.Length; query++) queries[query] = PerceptualHash.Turned(hashes[from + query / symmetries], query % symmetries);
        var (last, compared, sketch, look) = (-1, 0, (Sketch?)null, (Look?)null);
        foreach (var (query, _, other) in index.Search(queries, 1, Radius, wide: true, Looked / 2))
        {
            var (entry, symmetry) = (from + query / symmetries, query % symmetries);
            if (other >= entry) continue;
            if (query != last) (sketch, look, compared) = (last / symmetries == query / symmetries ? sketch : null, null, 0);
            last = query;
            if (compared++ < Compared) CompareWhole(ranks[entry], sketch ??= SketchOf(ranks[entry]), ref look, symmetry, ranks[other]);
        }
    }

    void CompareWhole(int rank, Sketch sketch, ref Look? look, int symmetry, int other)
    {
        Span<float> levels = stackalloc float[Sketch.Size], turned = stackalloc float[Sketch.Size], others = stackalloc float[Sketch.Size];
        var sketchOfOther = SketchOf(other);
        sketchOfOther.Take(Share.All, mirrored: false, others);
        sketch.Take(Share.All, mirrored: false, levels);
        Look.Turn<float>(levels, Sketch.Side, symmetry, turned);
        if (Likeness.IsPromising(turned, others) && Likeness.IsSame(look ??= LookAt(rank, symmetry, Share.All), LookAt(other, 0, Share.All), symmetry != 0))
            Note(other, rank, symmetry switch { 0 => TwinKind.Near, 1 or 2 => TwinKind.Mirrored, _ => TwinKind.Turned });
        else if (symmetry < 2 && !ComparePart(rank, sketch, Likeness.Most, symmetry, other, sketchOfOther))
            ComparePart(other, sketchOfOther, Likeness.Most, symmetry, rank, sketch);
    }

    // Whether others show all of what a part of one shows; the likeliest are tried, each at two places.
    void CompareParts(int[] ranks, HashIndex index, int from, int to, int[] known)
    {
        var parts = Likeness.Stretches.Length;
        var hashes = new ulong[parts * (to - from)];
        for (var entry = from; entry < to; entry++) SketchOf(ranks[entry]).Hash(Likeness.Stretches, hashes.AsSpan(parts * (entry - from), parts));
        var likely = new List<(int Entry, int Distance, int Other, int Part, int Symmetry)>();
        for (var symmetry = 0; symmetry < 2; symmetry++)
        {
            foreach (ref var hash in hashes.AsSpan()) hash = PerceptualHash.Turned(hash, symmetry);
            foreach (var (query, distance, other) in index.Search(hashes, parts, PartRadius, wide: symmetry == 0, Looked))
                if (other != from + query / parts) likely.Add((from + query / parts, distance, other, query % parts, symmetry));
        }
        likely.Sort();
        var (last, left, tried, sketch) = (-1, 0, new Dictionary<int, int>(), (Sketch?)null);
        foreach (var (entry, _, other, part, symmetry) in likely)
        {
            if (entry != last)
            {
                (last, left, sketch) = (entry, PartsCompared, null);
                tried.Clear();
            }
            if (left == 0 || tried.GetValueOrDefault(other) == Places || IsKnown(ranks[other], ranks[entry])) continue;
            left--;
            tried[other] = ComparePart(ranks[entry], sketch ??= SketchOf(ranks[entry]), Likeness.Parts[part], symmetry, ranks[other], SketchOf(ranks[other])) ? Places : tried.GetValueOrDefault(other) + 1;
        }

        bool IsKnown(int one, int other) => known[Math.Max(one, other)] == Math.Min(one, other);
    }

    bool ComparePart(int rank, Sketch sketch, Share share, int symmetry, int other, Sketch sketchOfOther)
    {
        Span<float> levels = stackalloc float[Sketch.Size];
        sketchOfOther.Take(Share.All, mirrored: false, levels);
        if (Likeness.BestPart(sketch, share, symmetry == 1, levels) is not { } best || !Likeness.IsPart(LookAt(rank, symmetry, best), LookAt(other, 0, Share.All))) return false;
        Note(rank, other, TwinKind.Part);
        return true;
    }

    Look LookAt(int rank, int symmetry, Share share) => new(_survey.ThumbnailAt(_order[rank]), symmetry, share);

    // Whatever comes first is kept, in whatever order threads find it.
    void Note(int one, int other, TwinKind kind)
    {
        var (lower, higher) = (Math.Min(one, other), Math.Max(one, other));
        lock (_locks[higher & 255])
        {
            if (lower < _first[higher] || (lower == _first[higher] && kind < _firstKind[higher])) (_first[higher], _firstKind[higher]) = (lower, kind);
            if (_survey.LabelAt(_order[lower]) == _survey.LabelAt(_order[higher])) return;
            if (lower < _rival[higher] || (lower == _rival[higher] && kind < _rivalKind[higher])) (_rival[higher], _rivalKind[higher]) = (lower, kind);
        }
    }
}
