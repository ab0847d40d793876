using System.Security.Cryptography;
using System.Text;
using PSFineTune.Imaging;

namespace PSFineTune.Embeddings;

/// <summary>What an embedder makes of many items, in batches; what was made of the same content before is taken from the cache.</summary>
/// <param name="embedder">Stays the caller's.</param>
/// <param name="isText">Items are texts, not paths of images.</param>
/// <param name="workspace">Of the cache; empty for none.</param>
sealed class EmbeddingPass(Embedder embedder, bool isText, string workspace)
{
    readonly FeatureCache? _cache = embedder.Key is { } key ? new(workspace, key) : null;

    /// <summary>Yields the items' features in their order, some at a time; one whose features are not finite has a fault.</summary>
    public IEnumerable<IReadOnlyList<Featured>> Run(IReadOnlyList<string> items, CancellationToken cancel)
    {
        foreach (var part in items.Chunk(embedder.BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            yield return [.. (_cache is null ? embedder.Of(part, cancel) : Remembered(_cache, part, cancel)).Select(Finite)];
        }
        _cache?.Save();
    }

    // One number that is none would be all that is left of a scale over all samples, and of every distance.
    static Featured Finite(Featured made) => (made.Features ?? []).Concat(made.Scores ?? []).All(float.IsFinite) ? made : new(made.Item, null, null, made.Fault ?? Fault.NoFeatures(made.Item));

    Featured[] Remembered(FeatureCache cache, string[] items, CancellationToken cancel)
    {
        var hashes = items.AsParallel().AsOrdered().Select(HashOf).ToArray();
        var made = hashes.Zip(items, (hash, item) => hash is null ? null : cache.Find(hash, item)).ToArray();
        int[] missing = [.. Enumerable.Range(0, items.Length).Where(at => made[at] is null)];
        if (missing.Length == 0) return made!;
        foreach (var (at, one) in missing.Zip(embedder.Of([.. missing.Select(at => items[at])], cancel)))
        {
            made[at] = one;
            if (hashes[at] is { } hash) cache.Add(hash, one);
        }
        return made!;
    }

    // A file that cannot be read has no hash; the embedder says why.
    string? HashOf(string item)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(isText ? Encoding.UTF8.GetBytes(item) : ImageFile.Read(item)));
        }
        catch (FineTuneException)
        {
            return null;
        }
    }
}
