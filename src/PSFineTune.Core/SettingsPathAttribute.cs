using PSFineTune.Packaging.Signing;
using PSFineTune.Training;

namespace PSFineTune;

/// <summary>A setting that is a file or a folder: in a settings file it starts at that file's folder.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SettingsPathAttribute : Attribute
{
    /// <summary>Random and Embedded are no paths.</summary>
    public bool OrWord { get; init; }

    /// <summary>A thumbprint is no path.</summary>
    public bool OrThumbprint { get; init; }

    /// <summary>Whether a text is what may stand in a path's place.</summary>
    public bool IsOther(string given) => (OrWord && PlanStart.IsWord(given)) || (OrThumbprint && Thumbprint.Find(given) is not null);
}
