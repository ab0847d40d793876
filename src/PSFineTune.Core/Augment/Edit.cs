using System.Text;
using System.Text.Json.Serialization;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>
/// What an op has decided to do to one image, as numbers: no randomness is left, so the same edit makes the same
/// pixels again, bit for bit. JSON round-trips.
/// </summary>
public abstract record Edit
{
    [JsonIgnore]
    public string Name => GetType().Name;

    /// <summary>The edit in a few words, such as "crop 120x96+10+4"; empty where it changes nothing.</summary>
    [JsonIgnore]
    public string Description => EditText.Of([this]);

    /// <summary>The edited image: the one given, changed in place, or a new one, in which case the given one is disposed.</summary>
    internal abstract Picture Apply(Picture picture);

    /// <summary>Size of the edited image, known without its pixels.</summary>
    internal virtual (int Width, int Height) SizeAfter(int width, int height) => (width, height);

    // The name stands before the settings already, and the description repeats them.
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
