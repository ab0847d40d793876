using System.Collections.Concurrent;

namespace PSFineTune.Text;

/// <summary>What is made of files that many threads and models read: made once a process for the same content, and kept.</summary>
static class ReadOnce
{
    static readonly ConcurrentDictionary<string, Lazy<object>> s_made = new(StringComparer.Ordinal);

    // Of stretches of files as they are now: every thread of every prediction asks.
    static readonly ConcurrentDictionary<string, string> s_hashes = new(StringComparer.Ordinal);

    /// <summary>Makes it, or gives what was made of the same bytes before.</summary>
    /// <param name="parts">All that it is made of.</param>
    /// <param name="make">Made by one thread, while others wait; where it fails, the next one tries again.</param>
    public static T Of<T>(IReadOnlyList<TextPart> parts, Func<T> make) where T : class
    {
        var key = $"{typeof(T).FullName} {string.Join(' ', parts.Select(part => part.Source is { Stamp: { } stamp } source ? s_hashes.GetOrAdd(stamp, _ => source.Sha256()) : part.Source.Sha256()))}";
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
}
