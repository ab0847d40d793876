using System.Management.Automation;
using PSFineTune.Ledger;

namespace PSFineTune.Cmdlets;

/// <summary>Checks that a ledger is what was written: nothing edited, taken out, reordered or cut off.</summary>
/// <remarks>Each line holds the hash of the line before, and the file ledger.head the number of lines and the hash of the last. Whoever may write both files may write both anew, without a trace in them: keep the Head of a check elsewhere, in a ticket, a mail or another machine's log, and give it to a later check as -ExpectedHead.</remarks>
/// <example>
/// <code>(Test-FineTuneLedger).Problems</code>
/// What is wrong with the workspace's ledger, line by line.
/// </example>
/// <example>
/// <code>if (-not (Test-FineTuneLedger -Quiet)) { Write-Warning 'The ledger was changed.' }</code>
/// Yes or no.
/// </example>
/// <example>
/// <code>$head = (Test-FineTuneLedger).Head; $null = $plan | Invoke-FineTune; Test-FineTuneLedger -ExpectedHead $head</code>
/// What was in the ledger when its head was kept is still there, whatever came after.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "FineTuneLedger", DefaultParameterSetName = OfWorkspace), OutputType(typeof(LedgerCheck), typeof(bool))]
public sealed class TestFineTuneLedgerCommand : LedgerCmdlet
{
    /// <summary>The Head of an earlier check, kept elsewhere: 64 hexadecimal digits. Some line must still have that hash.</summary>
    [Parameter, ValidatePattern("^[0-9A-Fa-f]{64}$")]
    public string? ExpectedHead { get; set; }

    /// <summary>Only whether it is whole.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Process()
    {
        var check = Ledger.Check(ExpectedHead, Cancelled);
        WriteObject(Quiet ? check.IsWhole : check);
    }
}
