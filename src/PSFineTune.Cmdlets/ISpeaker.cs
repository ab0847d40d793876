using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>PowerShell's streams, whoever owns them: a cmdlet while it runs, or a job.</summary>
interface ISpeaker
{
    void WriteVerbose(string text);

    void WriteWarning(string text);

    void WriteInformation(object messageData, string[] tags);

    void WriteProgress(ProgressRecord progressRecord);

    void WriteObject(object sendToPipeline);
}
