using PSFineTune.Packaging.Signing;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException PackageNotSigned(string path) =>
        new("PackageNotSigned", FaultKind.Security, $"'{path}' carries no signature, and the trust policy asks for one.",
            "Sign it where it was made with Set-FineTunePackageSignature or Export-FineTuneModel -Certificate, or ask for a signed copy.", path);

    public static FineTuneException SignatureInvalid(string path, string why) =>
        new("SignatureInvalid", FaultKind.Security, $"The signature of '{path}' is not valid: {why}.",
            "Do not use this file: it was changed after it was signed, or its signature is another package's. Copy it again from where it was made.", path);

    public static FineTuneException SignerNotTrusted(string path, PackageSignature signature) =>
        new("SignerNotTrusted", FaultKind.Security, $"'{path}' is signed by '{signature.Subject}' ({signature.Thumbprint}), which is not accepted: {signature.Reason}.",
            "Add the signer, or who issued its certificate, to -TrustedCertificate or the trust policy, if you trust it; else have the package signed by one you do.", path);

    public static FineTuneException PackageExpired(string path, DateTimeOffset expires) =>
        new("PackageExpired", FaultKind.InvalidData, $"'{path}' was to be used until {expires:u} and no longer.",
            "Train a newer model, or export the run again with a later -ExpiresAfter.", path);

    public static FineTuneException PackageChanged(string path) =>
        new("PackageChanged", FaultKind.Mismatch, $"'{path}' is another package than when it was imported.",
            "Import it again with Import-FineTuneModel, which checks it.", path);

    public static FineTuneException BadCertificate(string given, string why, Exception? inner = null) =>
        new("BadCertificate", FaultKind.InvalidArgument, $"The certificate '{given}' cannot be used: {why}.",
            "Give the path of a .pfx, .pem or .cer file, or the thumbprint of a certificate in the store of this account or machine.", given, inner);

    public static FineTuneException BadTrustPolicy(string path, string why, Exception? inner = null) =>
        new("BadTrustPolicy", FaultKind.Security, $"The trust policy '{path}' cannot be used, so no package is opened: {why}",
            $"Correct the file, or the path in $env:{TrustPolicy.Variable}.", path, inner);

    public static FineTuneException BadThumbprint(string given, string? place = null) =>
        new("BadThumbprint", FaultKind.InvalidArgument, $"{(place is null ? "" : $"{place}: ")}'{given}' is no thumbprint: 40 (SHA-1) or 64 (SHA-256) hexadecimal digits, blanks and colons aside.",
            "Copy it from Get-ChildItem Cert:, or from the Thumbprint of a package's signature.", given);

    public static FineTuneException ServingParity(string path, int count, double largest, double tolerance) =>
        new("ServingParity", FaultKind.Mismatch, $"The model in '{path}' does not predict here what it predicted where it was exported: of its {count} probes the largest difference of a probability is {largest:0.######}, and {tolerance} is allowed.",
            "Do not use it here before you know why: compare Test-FineTuneEnvironment of both machines and the versions of the module, and copy the package again. -SkipProbe opens it regardless.", path);

    public static FineTuneException BadProbes(string path, string why) =>
        new("BadProbes", FaultKind.InvalidData, $"The probes of '{path}' cannot be used: {why}.", "Export it again with Export-FineTuneModel, or open it with -SkipProbe.", path);
}
