using System.Text;

namespace PSFineTune.Reports;

/// <summary>A report on the disk.</summary>
static class ReportFile
{
    /// <summary>The file that a path means: .html where it has no ending.</summary>
    /// <exception cref="FineTuneException">NotAPage.</exception>
    public static string Named(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        "" => path + ".html",
        ".html" or ".htm" => path,
        _ => throw Fault.NotAPage(path),
    };

    /// <summary>Writes beside, then renames.</summary>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void Write(string path, Report report)
    {
        var page = Encoding.UTF8.GetBytes(ReportPage.Of(report));
        DurableFile.Write(path, stream => stream.Write(page));
    }
}
