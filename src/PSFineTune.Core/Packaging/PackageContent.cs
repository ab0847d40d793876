using PSFineTune.Models;
using PSFineTune.Packaging.Signing;

namespace PSFineTune.Packaging;

/// <summary>What is inside a package: its description, weights, label data, and parts that this version does not know.</summary>
sealed record PackageContent(ModelPackage Package, PartSource Weights)
{
    public LabelData? LabelData { get; init; }

    /// <summary>What makes it an adapter package when it is written as one; null where it can be none.</summary>
    public Func<Adapter>? Apart { get; init; }

    /// <summary>Name, kind and bytes of further parts; kept when the package is written again.</summary>
    public IReadOnlyList<(string Name, string Kind, PartSource Source)> Others { get; init; } = [];

    /// <summary>The same with the file that an adapter is added to found; of any other package itself.</summary>
    /// <param name="baseWeights">Full path of the file; null to look for it.</param>
    /// <exception cref="FineTuneException">NoBaseWeights, OtherBaseWeights, WeightsNotFound, CannotRead.</exception>
    public PackageContent Based(string? baseWeights) => Package is { Base: { } wanted, BaseWeights: "" }
        ? this with { Package = Package with { BaseWeights = wanted.Find(Package.Path, baseWeights) } } : this;

    /// <summary>The same with all weights, those of an adapter made of the file that it is added to.</summary>
    /// <param name="baseWeights">Full path of the file; null to look for it.</param>
    /// <exception cref="FineTuneException">Those of <see cref="Based"/>; InvalidSafetensors, WeightsMismatch.</exception>
    public PackageContent Whole(string? baseWeights)
    {
        if (Package.Base is null || IsWhole) return this;
        var based = Based(baseWeights);
        return based with { IsWhole = true, Weights = Apart!().On(Package, based.Package.BaseWeights) };
    }

    /// <summary>The same to be written with all weights, or as an adapter.</summary>
    /// <exception cref="FineTuneException">NoAdapter, and the faults of its weights.</exception>
    public PackageContent For(bool adapterOnly)
    {
        if (!adapterOnly) return this with { Package = Package with { Base = null, SchemaVersion = ModelPackage.WholeSchema } };
        var adapter = (Apart ?? throw Fault.NoAdapter(Package.Path, "it is a package of whole weights, or no network"))();
        return this with { Apart = () => adapter, Package = Package with { Base = adapter.Base, SchemaVersion = ModelPackage.NewestSchema } };
    }

    // The weights are the model's and not the adapter's part.
    bool IsWhole { get; init; }
}

/// <summary>
/// Package files (.psft): a zip of stored entries with sorted names and fixed times, so the same content makes the same
/// bytes. manifest.json lists every other part with size and SHA-256, and each is verified before anything is used;
/// signature.p7s, where there is one, signs the manifest.
/// </summary>
static class PackageFile
{
    public const string WeightsName = "model.safetensors";

    const string DescriptionName = "package.json";
    const string LabelDataName = "labels.csv";

    /// <summary>Writes beside, flushes, renames.</summary>
    /// <param name="path">The package.</param>
    /// <param name="content">Its parts; a signature that it was opened with is not kept.</param>
    /// <param name="key">Who signs it; null for no signature.</param>
    /// <param name="clock">Of the time of signing; null for the machine's.</param>
    /// <exception cref="FineTuneException">CannotWrite, UnsafePartName, PartTooLarge, ChangedWhileRead, BadCertificate.</exception>
    public static void Write(string path, PackageContent content, SigningKey? key = null, TimeProvider? clock = null)
    {
        var package = content.Package with { LabelDataColumns = content.LabelData?.Columns ?? [], Plan = content.Package.Plan.WithoutFolders() };
        List<(string Name, string Kind, PartSource Source)> parts =
        [
            package.Base is null ? (WeightsName, "weights", content.Weights) : (Adapter.PartName, Adapter.Kind, content.Apart!().Source),
            (DescriptionName, "description", PartSource.Of(PlanJson.Write(package))),
            .. content.LabelData is { } labels ? [(LabelDataName, "label-data", PartSource.Of(labels.ToCsv()))] : Array.Empty<(string, string, PartSource)>(),
            .. content.Others,
        ];
        if (parts.FirstOrDefault(part => !PartManifest.IsSafe(part.Name)) is { Name: { } name }) throw Fault.UnsafePartName(path, name);

        var manifest = new PartManifest
        {
            Parts = [.. parts.OrderBy(part => part.Name, StringComparer.Ordinal).Select(part => PartManifest.Describe(part.Name, part.Kind, part.Source))],
        };
        var bytes = System.Text.Encoding.UTF8.GetBytes(PlanJson.Write(manifest));
        new PackageParts(path, manifest, bytes, parts.ToDictionary(part => part.Name, part => part.Source, StringComparer.Ordinal), null)
            .Write(path, key?.Sign(bytes, Now(clock)));
    }

    /// <summary>Signs a package that is there, or signs it anew; all of it but the signature stays as it is.</summary>
    /// <param name="path">The package.</param>
    /// <param name="key">Who signs it.</param>
    /// <param name="clock">Of the time of signing; null for the machine's.</param>
    /// <exception cref="FineTuneException">Those of <see cref="PackageParts.Read"/>, BadCertificate, CannotWrite; SignatureInvalid, SignerNotTrusted, BadTrustPolicy: a signature that it has does not count, so whatever it now holds is not what somebody vouched for.</exception>
    public static void Sign(string path, SigningKey key, TimeProvider? clock = null)
    {
        var parts = PackageParts.Read(path);
        // What nobody could open is not worth a signature, nor is what was changed after its signature; that there is none yet is why it is signed.
        var (asked, signature) = Judge(parts, null, Now(clock));
        if (signature.Status != SignatureStatus.NotSigned) asked.Enforce(parts.Path, signature);
        Content(parts);
        parts.Write(parts.Path, key.Sign(parts.ManifestBytes, Now(clock)));
    }

    /// <summary>The content, every part verified; the weights stay in the file and are read from there when opened.</summary>
    /// <param name="path">The package.</param>
    /// <param name="policy">Whom to trust, besides what $env:PSFINETUNE_TRUST asks for; null for anybody.</param>
    /// <param name="clock">When certificates and the package must be in their time; null for now.</param>
    /// <exception cref="FineTuneException">DamagedPackage, PartMissing, PartDamaged, UnsafePartName, NewerSchema, CannotRead, PackageNotSigned, SignatureInvalid, SignerNotTrusted, PackageExpired, BadTrustPolicy and the faults of label data.</exception>
    public static PackageContent Open(string path, TrustPolicy? policy = null, TimeProvider? clock = null)
    {
        var parts = PackageParts.Read(path);
        var now = Now(clock);
        var (asked, signature) = Judge(parts, policy, now);
        asked.Enforce(parts.Path, signature);
        var content = Content(parts);
        return content.Package.Expires is { } expires && now > expires ? throw Fault.PackageExpired(parts.Path, expires)
            : content with { Package = content.Package with { Signature = signature } };
    }

    /// <summary>What the parts mean, whoever signed them.</summary>
    /// <exception cref="FineTuneException">DamagedPackage, PartMissing, NewerSchema, InvalidJson and the faults of label data.</exception>
    public static PackageContent Content(PackageParts parts)
    {
        var json = parts.Text(DescriptionName);
        PartManifest.CheckSchema(json, ModelPackage.NewestSchema, parts.Path);
        var package = Described(json, parts.Path);
        var labels = parts.Sources.ContainsKey(LabelDataName) ? LabelData.Parse(parts.Text(LabelDataName), $"{parts.Path}/{LabelDataName}", package.Classes) : null;
        var name = package.Base is null ? WeightsName : Adapter.PartName;
        var weights = parts.Sources.GetValueOrDefault(name) ?? throw Fault.PartMissing(parts.Path, name);
        return new(package with { ManifestHash = parts.ManifestHash }, weights)
        {
            LabelData = labels,
            Apart = package.Base is { } wanted ? () => new(weights, wanted) : null,
            Others = [.. parts.Manifest.Parts.Where(part => part.Name is not (DescriptionName or LabelDataName) && part.Name != name).Select(part => (part.Name, part.Kind, parts.Sources[part.Name]))],
        };
    }

    /// <summary>The signature under each policy that holds: the first one that refuses it, else the last. Without any, a signature must still be of this content.</summary>
    /// <exception cref="FineTuneException">BadTrustPolicy; what a policy names cannot be read.</exception>
    public static (TrustPolicy Asked, PackageSignature Signature) Judge(PackageParts parts, TrustPolicy? policy, DateTimeOffset now)
    {
        var machine = TrustPolicy.OfEnvironment();
        // What is revoked in a command is so for those whom the machine trusts: alone it would trust nobody.
        if (machine is not null && policy is { RequireSignature: false, TrustedCertificates.Count: 0, RevokedFile: null })
            (machine, policy) = (machine with { RevokedThumbprints = [.. machine.RevokedThumbprints, .. policy.RevokedThumbprints] }, null);
        var all = new[] { machine, policy is { IsEmpty: true } ? null : policy }.OfType<TrustPolicy>().DefaultIfEmpty(TrustPolicy.None)
            .Select(asked => (Asked: asked, Signature: SignatureCheck.Of(parts.ManifestBytes, parts.Signature, asked, now))).ToList();
        return all.FindIndex(one => !one.Asked.Admits(one.Signature)) is var refused and >= 0 ? all[refused] : all[^1];
    }

    static DateTimeOffset Now(TimeProvider? clock) => (clock ?? TimeProvider.System).GetUtcNow();

    // JSON may say null where the record says there is always something.
    static ModelPackage Described(string json, string path)
    {
        try
        {
            return Checked(PlanJson.ReadStrict<ModelPackage>(json), path);
        }
        catch (FineTuneException fault) when (fault.Id is "BadPlanSetting" or "InvalidWidth")
        {
            throw Fault.DamagedPackage(path, $"its description cannot be: {fault.Message.TrimEnd('.')}", fault);
        }
        // A null in one of its many lists and records; none of them is worth a rule of its own.
        catch (Exception wrong) when (wrong is NullReferenceException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw Fault.DamagedPackage(path, $"its description lacks something or is out of all bounds ({wrong.Message.TrimEnd('.')})", wrong);
        }
    }

    static ModelPackage Checked(ModelPackage package, string path)
    {
        if (package is not { Plan: not null, Classes.Count: > 0 } || package.Classes.Any(string.IsNullOrEmpty)
            || package.Preprocessing is null or { Mean: null } or { Std: null } && package.Plan.Model is null or NetworkSpec { DefaultPreprocessing: not null })
            throw Fault.DamagedPackage(path, "its description lacks the classes, the plan or the preprocessing");
        if (!double.IsFinite(package.Temperature) || package.Temperature <= 0) throw Fault.DamagedPackage(path, $"its temperature is {package.Temperature}, which is no number above 0");
        if (package.Classes.Distinct(StringComparer.Ordinal).Count() != package.Classes.Count) throw Fault.DamagedPackage(path, "its description names a class twice");
        if (package.Preprocessing?.Problem is var (setting, value, allowed)) throw Fault.DamagedPackage(path, FormattableString.Invariant($"its preprocessing is none: {setting} is '{value}', and has to be {allowed}"));
        if (package.Epochs?.Any(epoch => epoch is null) == true || package.LabelDataColumns?.Any(column => column is null) == true) throw Fault.DamagedPackage(path, "a list of its description has an empty place");
        if (package.Base is { } wanted && (!wanted.IsUsable || package.SchemaVersion < ModelPackage.NewestSchema || package.Plan is not { Lora: not null, Model: NetworkSpec }))
            throw Fault.DamagedPackage(path, "it is an adapter, and its description lacks what it was adapted from or how");
        package.Plan.Lora?.Validate();
        // It names a folder of the workspace.
        if (package.RunId is { } run && (run.AsSpan().IndexOfAny("/\\:\0") >= 0 || run is "." or "..")) throw Fault.DamagedPackage(path, "its run's id is none");
        package.Plan.Model?.Validate();
        package.Plan.TextPipeline?.Validate();
        // Whoever made it does not choose what is read on this machine.
        return package with { Path = path, Plan = package.Plan.WithoutFolders(), RunId = package.RunId ?? "", Epochs = package.Epochs ?? [], WeightsHash = package.WeightsHash ?? "", LabelDataColumns = package.LabelDataColumns ?? [] };
    }
}
