namespace PSFineTune.Cmdlets;

/// <summary>The files that one call has written, and what it may write next.</summary>
/// <param name="parameter">What names them, for advice, such as -Path.</param>
sealed class WrittenFiles(string parameter)
{
    readonly HashSet<string> _places = new(FilePlace.Names);

    /// <exception cref="FineTuneException">FileNameWanted: a folder is there; WrittenTwice: the call has written it; FileExists, unless it is forced.</exception>
    public void Require(string path, bool force)
    {
        if (Directory.Exists(path)) throw Fault.FileNameWanted(path, parameter);
        // Of two things with one name the second would silently replace the first.
        if (_places.Contains(FilePlace.Of(path))) throw Fault.WrittenTwice(path, parameter);
        if (!force && File.Exists(path)) throw Fault.FileExists(path, parameter);
    }

    /// <exception cref="FineTuneException">SourceIsTarget: the path is one of the files that are read.</exception>
    public void RefuseOver(string path, IEnumerable<string> sources)
    {
        if (sources.Any(source => FilePlace.AreOne(source, path))) throw Fault.SourceIsTarget(path, parameter);
    }

    public void Add(string path) => _places.Add(FilePlace.Of(path));
}
