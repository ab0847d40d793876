namespace PSFineTune.Downloads;

/// <summary>What a part is a part of, kept beside it.</summary>
sealed record PartNote
{
    /// <summary>Where it comes from, without what may be secret.</summary>
    public string Address { get; init; } = "";

    /// <summary>The server's mark of this content, as it is sent: a strong ETag, else the time of its last change; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>Size of the whole; null where the server does not say.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes that were on the disk for sure when this was written.</summary>
    public long Flushed { get; init; }
}

/// <summary>A file on its way, {target}.part, which another process can go on with. One at a time has it, by the downloader's lock.</summary>
sealed class PartFile : IPart, IDisposable
{
    // Lost at most where the machine goes down and nothing but the part itself tells whether it is right.
    const long FlushEvery = 32 << 20;

    readonly string _path;
    readonly string _target;
    readonly bool _isShared;
    FileStream? _file;

    PartFile(string target, bool isShared) => (_target, _path, _isShared) = (target, target + ".part", isShared);

    public long Length => _file!.Position;

    /// <summary>Null where the part is empty.</summary>
    public PartNote? Note { get; private set; }

    public string? Folder => Path.GetDirectoryName(_target);

    string NotePath => _path + ".json";

    /// <summary>The part as it was left, where it is one of the same file.</summary>
    /// <param name="target">Full path of the file to be.</param>
    /// <param name="address">Where it comes from.</param>
    /// <param name="isChecked">A hash tells at the end whether it is right, so that bytes whose writing was cut off are no danger.</param>
    /// <param name="isShared">Readable for all.</param>
    /// <exception cref="FineTuneException">LinkInPlace, CannotWrite.</exception>
    public static PartFile Open(string target, string address, bool isChecked, bool isShared)
    {
        var part = new PartFile(target, isShared);
        part.Guarded(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            part._file = part.Opened();
            if (part.Left() is not { } note || note.Address != address) part._file.SetLength(0);
            else
            {
                if (!isChecked && part._file.Length > note.Flushed) part._file.SetLength(note.Flushed);
                part.Note = part._file.Length > 0 ? note : null;
            }
            part._file.Seek(0, SeekOrigin.End);
        });
        return part;
    }

    /// <summary>Throws away what is there.</summary>
    public void Restart(PartNote note) => Guarded(() =>
    {
        _file!.SetLength(0);
        _file.Flush(flushToDisk: true);
        Write(note);
    });

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file!.Write(bytes);
        }
        catch (IOException wrong)
        {
            throw Fault.CannotWrite(_path, wrong);
        }
        if (Note is { } note && Length - note.Flushed >= FlushEvery) Flush();
    }

    /// <summary>The hash of all that is there.</summary>
    /// <exception cref="FineTuneException">CannotWrite, CannotRead.</exception>
    public string Sha256(CancellationToken cancel)
    {
        Guarded(() => _file!.Flush(flushToDisk: true));
        try
        {
            _file!.Seek(0, SeekOrigin.Begin);
            var hash = FileHash.Of(_file, cancel);
            _file.Seek(0, SeekOrigin.End);
            return hash;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(_path, wrong);
        }
    }

    /// <summary>The part becomes the file.</summary>
    public void Finish() => Guarded(() =>
    {
        _file!.Flush(flushToDisk: true);
        if (_isShared) SharedFiles.Open(_file);
        _file.Dispose();
        _file = null;
        File.Move(_path, _target, overwrite: true);
        File.Delete(NotePath);
    });

    /// <summary>Nothing is left of it.</summary>
    public void Remove() => Guarded(() =>
    {
        _file?.Dispose();
        _file = null;
        File.Delete(_path);
        File.Delete(NotePath);
    });

    /// <summary>What has come is kept for the next time; of nothing, nothing.</summary>
    public void Dispose()
    {
        if (_file is null) return;
        try
        {
            if (_file.Length == 0) Remove();
            else if (Note is not null) Flush();
        }
        catch (FineTuneException)
        {
            // The fault that ended the download is the one to be told.
        }
        _file?.Dispose();
        _file = null;
    }

    void Flush() => Guarded(() =>
    {
        _file!.Flush(flushToDisk: true);
        Write(Note! with { Flushed = Length });
    });

    void Write(PartNote note)
    {
        Note = note;
        SharedFiles.WriteText(NotePath, PlanJson.Write(note), _isShared);
    }

    FileStream Opened()
    {
        try
        {
            PlainFile.RefuseLink(_path);
            if (File.Exists(_path)) return PlainFile.Open(_path, FileAccess.ReadWrite);
        }
        catch (UnauthorizedAccessException)
        {
            // Another account's, that nobody holds: its bytes are lost, which is better than that nobody can ever fetch the file.
            File.Delete(_path);
        }
        // Never one that somebody has put there meanwhile.
        var made = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);
        // Another account may have to go on with it.
        if (_isShared) SharedFiles.Open(made);
        return made;
    }

    PartNote? Left()
    {
        try
        {
            return File.Exists(NotePath) && PlanJson.Read<PartNote>(File.ReadAllText(NotePath)) is { Address: not null, Flushed: >= 0 } note ? note : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FineTuneException)
        {
            return null;
        }
    }

    void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(_path, wrong);
        }
    }
}
