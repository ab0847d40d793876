using System.Collections.Concurrent;

namespace PSFineTune.Text;

/// <summary>What is made of files that many threads and models read: made once a process for the same content, and kept.</summary>
static class ReadOnce
{
    static readonly ConcurrentDictionary<string, Lazy<object>> s_made = new(StringComparer.Ordinal);

    // Of files of this machine: every thread of every prediction asks.
    static readonly ConcurrentDictionary<string, string> s_hashes = new(StringComparer.Ordinal);

    /// <summary>Makes it, or gives what was made of the same bytes before.</summary>
    /// <param name="parts">All that it is made of.</param>
    /// <param name="make">Made by one thread, while others wait; where it fails, the next one tries again.</param>
    public static T Of<T>(IReadOnlyList<TextPart> parts, Func<T> make) where T : class
    {
        var key = $"{typeof(T).FullName} {string.Join(' ', parts.Select(HashOf))}";
        try
        {
            return (T)s_made.GetOrAdd(key, _ => new(make)).Value;
        }
        catch
        {
            s_made.TryRemove(key, out _);
            throw;
        }
    }

    // Of a package the hash that is checked with every reading: another one of its size may come to lie at its path within a tick of the clock.
    static string HashOf(TextPart part) => part.Source switch
    {
        { Verified: { } hash } => hash,
        { Stamp: { } stamp } source => s_hashes.GetOrAdd(stamp, _ => source.Sha256()),
        var source => source.Sha256(),
    };
}
