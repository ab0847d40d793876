namespace PSFineTune.Data;

/// <summary>What an import does about samples that it cannot read: images that do not decode, rows without a text or a label. None of these changes a file or puts another sample in its place.</summary>
public enum BadSamplePolicy
{
    /// <summary>Ends in one fault that names the first of them and counts them all.</summary>
    Stop,

    /// <summary>Leaves them out and lists them, with the reason, in Skipped.</summary>
    Skip,

    /// <summary>As Skip, and the cmdlet writes one error for each.</summary>
    Report,
}
