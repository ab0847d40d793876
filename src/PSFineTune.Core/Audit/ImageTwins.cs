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
    // Bits of the hash in which copies differ, and how much is looked at and compared in full for one picture.
    const int Radius = 10, PartRadius = 9, Looked = 1 << 15, Compared = 48, PartsCompared = 16, Places = 2;

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
        work.Run("Hashing images", ranks.Length, entry => hashes[entry] = SketchOf(ranks[entry]).Hash(Share.All), _survey.Cancel);
        var index = new HashIndex(hashes);
        work.Run("Comparing images", ranks.Length, entry => CompareWhole(ranks, hashes, index, entry, SketchOf(ranks[entry])), _survey.Cancel);
        // What whole pictures have told alone decides which parts are tried: what threads note meanwhile differs from run to run.
        var known = _first.ToArray();
        work.Run("Comparing parts of images", ranks.Length, entry => CompareParts(ranks, index, entry, known), _survey.Cancel);
    }

    Sketch SketchOf(int rank) => new(_survey.ThumbnailAt(_order[rank])[..Thumbnail.Luma]);

    void CompareWhole(int[] ranks, ulong[] hashes, HashIndex index, int entry, Sketch sketch)
    {
        var (budget, near) = (Looked, new List<(int Distance, int Entry)>());
        for (var symmetry = 0; symmetry < 8; symmetry++)
        {
            near.Clear();
            index.Search(PerceptualHash.Turned(hashes[entry], symmetry), Radius, entry, wide: true, ref budget, near);
            if (near.Count == 0) continue;
            var look = LookAt(ranks[entry], symmetry, Share.All);
            foreach (var (_, other) in near.Order().Take(Compared))
                if (Likeness.IsSame(look, LookAt(ranks[other], 0, Share.All), symmetry != 0))
                    Note(ranks[other], ranks[entry], symmetry switch { 0 => TwinKind.Near, 1 or 2 => TwinKind.Mirrored, _ => TwinKind.Turned });
                else if (symmetry < 2 && !ComparePart(ranks[entry], sketch, Likeness.Most, symmetry, ranks[other]))
                    ComparePart(ranks[other], SketchOf(ranks[other]), Likeness.Most, symmetry, ranks[entry]);
        }
    }

    // Whether others show all of what a part of this one shows; the likeliest are tried, each at two places.
    void CompareParts(int[] ranks, HashIndex index, int entry, int[] known)
    {
        var sketch = SketchOf(ranks[entry]);
        var (budget, near, likely) = (Looked, new List<(int Distance, int Entry)>(), new List<(int Distance, int Entry, int Part, int Symmetry)>());
        for (var part = 0; part < Likeness.Parts.Count; part++)
        {
            var hash = sketch.Hash(Likeness.Parts[part]);
            for (var symmetry = 0; symmetry < 2; symmetry++)
            {
                near.Clear();
                index.Search(PerceptualHash.Turned(hash, symmetry), PartRadius, ranks.Length, wide: symmetry == 0, ref budget, near);
                foreach (var (distance, other) in near)
                    if (other != entry) likely.Add((distance, other, part, symmetry));
            }
        }
        likely.Sort();
        var (left, tried) = (PartsCompared, new Dictionary<int, int>());
        foreach (var (_, other, part, symmetry) in likely)
        {
            if (tried.GetValueOrDefault(other) == Places || IsKnown(ranks[other], ranks[entry])) continue;
            if (left-- == 0) break;
            tried[other] = ComparePart(ranks[entry], sketch, Likeness.Parts[part], symmetry, ranks[other]) ? Places : tried.GetValueOrDefault(other) + 1;
        }

        bool IsKnown(int one, int other) => known[Math.Max(one, other)] == Math.Min(one, other);
    }

    bool ComparePart(int rank, Sketch sketch, Share share, int symmetry, int other)
    {
        Span<float> levels = stackalloc float[Sketch.Size];
        SketchOf(other).Take(Share.All, mirrored: false, levels);
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
