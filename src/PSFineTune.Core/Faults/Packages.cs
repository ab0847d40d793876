using PSFineTune.Packaging;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException PartMissing(string whole, string part) =>
        new("PartMissing", FaultKind.InvalidData, $"'{whole}' lacks its part '{part}', which its manifest lists.",
            "Copy it again from where it was made, whole.", whole);

    public static FineTuneException PartDamaged(string whole, string part, string how) =>
        new("PartDamaged", FaultKind.InvalidData, $"In '{whole}' the part '{part}' {how}: it was changed or damaged after it was written.",
            "Copy it again from where it was made; do not edit the parts.", whole);

    public static FineTuneException UnsafePartName(string whole, string part) =>
        new("UnsafePartName", FaultKind.Security, $"'{whole}' names a part '{part}'; a part's name is relative, without '..', of letters, digits, '.', '_', '-' and '/'.",
            "Do not use this file: no version of this module writes such a name.", whole);

    public static FineTuneException NewerSchema(string whole, int version, int newest) =>
        new("NewerSchema", FaultKind.NotSupported, $"'{whole}' has schema version {version}; this version of the module reads up to {newest}.",
            "Update the module on this machine, or export it again with the version installed here.", whole);

    public static FineTuneException NoAdapter(string model, string why) =>
        new("NoAdapter", FaultKind.InvalidArgument, $"'{model}' has no adapter to be exported alone: {why}.",
            "Leave -AdapterOnly out, or train with -Weights and -Lora and export that run.", model);

    public static FineTuneException NoBaseWeights(string package, AdaptedWeights wanted, IEnumerable<string> folders) =>
        new("NoBaseWeights", FaultKind.NotFound, $"'{package}' is an adapter, which is added to weights it does not hold: '{wanted.FileName}', {wanted.Bytes} bytes, SHA-256 {wanted.Sha256}. They are not in {string.Join(" or ", folders)}.",
            "Copy that file beside the package, or name it with -BaseWeights.", package);

    public static FineTuneException OtherBaseWeights(string package, string file, AdaptedWeights wanted) =>
        new("OtherBaseWeights", FaultKind.Mismatch, $"'{package}' is an adapter of '{wanted.FileName}' with {wanted.Bytes} bytes and the SHA-256 {wanted.Sha256}; '{file}' is another file.",
            "Copy the file that the adapter was trained on beside the package, or name it with -BaseWeights.", file);

    public static FineTuneException AdapterPublished(string package) =>
        new("AdapterPublished", FaultKind.NotSupported, $"'{package}' is an adapter without the weights that it is added to; whoever takes it from a store would not have them.",
            "Make a whole package of it with Export-FineTuneModel whole.psft -Model adapter.psft, and publish that.", package);

    public static FineTuneException DamagedPackage(string path, string how, Exception? why = null) =>
        new("DamagedPackage", FaultKind.InvalidData, $"'{path}' is no whole model package: {how}.",
            "Copy it again from where it was made, or export it again with Export-FineTuneModel.", path, why);

    public static FineTuneException PartTooLarge(string path, string part, long bytes, long limit) =>
        new("PartTooLarge", FaultKind.LimitExceeded, $"The part '{part}' of '{path}' has {bytes} bytes; the limit is {limit}.",
            "A model of this size does not fit a package; choose a smaller one.", path);

    public static FineTuneException ChangedWhileRead(string path, string part) =>
        new("ChangedWhileRead", FaultKind.Busy, $"The part '{part}' changed while '{path}' was being written.",
            "Wait until nothing else writes to it and export again.", path);
}
