using System.Management.Automation;
using PSFineTune.Store;

namespace PSFineTune.Cmdlets;

/// <summary>Goes back to the model that a name in a store meant before, or to any version that is kept.</summary>
/// <remarks>The package is in the store already, so this takes no longer than reading it. A second call goes one further back; -Version goes anywhere, forth too. The history keeps all of it.</remarks>
/// <example>
/// <code>Undo-FineTunePublish clothing -Reason 'takes sofas for chairs'</code>
/// The model of before the last publish is current again.
/// </example>
/// <example>
/// <code>Undo-FineTunePublish clothing -Version 1</code>
/// A version that Get-PublishedModel -History lists.
/// </example>
/// <example>
/// <code>Get-PublishedModel clothing | Undo-FineTunePublish -WhatIf</code>
/// What would be done to which store; nothing is changed.
/// </example>
[Cmdlet(VerbsCommon.Undo, "FineTunePublish", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium), OutputType(typeof(PublishedModel))]
public sealed class UndoFineTunePublishCommand : StoreCmdlet
{
    /// <summary>Of the model in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true), ArgumentCompleter(typeof(StoreNames))]
    public string Name { get; set; } = null!;

    /// <summary>The version to make current; without it the one before.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? Version { get; set; }

    /// <summary>Why, for the history.</summary>
    [Parameter]
    public string Reason { get; set; } = "";

    protected override void Process()
    {
        if (ShouldProcess($"{StoreName.Of(Name)} in {StorePath}", Version is { } version ? $"Go back to version {version}" : "Go back to the model before"))
            Told(Opened().Undo(Name, Reason, Version));
    }
}
