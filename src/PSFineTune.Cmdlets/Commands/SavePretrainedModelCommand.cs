using System.Management.Automation;
using PSFineTune.Pretrained;

namespace PSFineTune.Cmdlets;

/// <summary>Fetches published weights into the folder where New-FineTunePlan -Weights Published finds them.</summary>
/// <remarks>Files come from their publisher or from -Source, go on where they broke off, and are checked by the publisher's hash before they count; the full SHA-256 of the first download is recorded, and later ones must have it. PyTorch's files are read as data and kept as safetensors, with preprocessing, licence, source and hash. No other cmdlet downloads weights. The page published-weights.md of the module tells of servers without a network, shared folders and proxies.</remarks>
/// <example>
/// <code>Save-PretrainedModel Bert -Source ./mirror; $plan = New-FineTunePlan Bert -Weights Published -Dataset $texts</code>
/// BERT's weights, settings and vocabulary, here from a folder; without -Source from the publisher's server.
/// </example>
/// <example>
/// <code>Save-PretrainedModel -Repository google-bert/bert-base-german-cased -Source ./mirror -PassThru</code>
/// Weights, settings and vocabulary of a Hugging Face repository.
/// </example>
/// <example>
/// <code>Save-PretrainedModel bert-base-chinese -Source ./mirror -Destination ./carry -AsPublished</code>
/// The publisher's files for a machine without a network, where Save-PretrainedModel bert-base-chinese -Source ./carry takes them in.
/// </example>
/// <example>
/// <code>Get-ModelArchitecture MobileNet* | Save-PretrainedModel -WhatIf</code>
/// What would be fetched from where.
/// </example>
[Cmdlet(VerbsData.Save, "PretrainedModel", SupportsShouldProcess = true, DefaultParameterSetName = "Name"), OutputType(typeof(PretrainedModel))]
public sealed class SavePretrainedModelCommand : PretrainedCmdlet
{
    /// <summary>Architectures, or names of the catalogue such as resnet50-0676ba61; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Name"), ArgumentCompleter(typeof(PretrainedNames)), SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Ids of Hugging Face repositories, such as google-bert/bert-base-uncased.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Repository")]
    public string[] Repository { get; set; } = [];

    /// <summary>A branch, tag or commit of the repository; a commit cannot change.</summary>
    [Parameter(ParameterSetName = "Repository")]
    public string Revision { get; set; } = "main";

    private protected override IEnumerable<Func<IReadOnlyList<PretrainedEntry>>> Wanted =>
        [.. Name.Select(name => (Func<IReadOnlyList<PretrainedEntry>>)(() => PretrainedCatalog.Find(name))), .. Repository.Select(id => (Func<IReadOnlyList<PretrainedEntry>>)(() => [PretrainedEntry.OfRepository(id, Revision)]))];
}
