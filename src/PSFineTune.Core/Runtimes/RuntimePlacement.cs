namespace PSFineTune.Runtimes;

/// <summary>
/// The folder of a runtime and what lies beside it while it is put there or taken away, under the lock: {name}.{id}.tmp is of
/// no use to anybody, {name}.{id}.former is the one that the new one replaces, and the only good one until that is there.
/// </summary>
/// <param name="root">Folder of the runtimes, full path.</param>
/// <param name="name">Of the runtime's folder in it.</param>
sealed class RuntimePlacement(string root, string name)
{
    const string Passing = "tmp", Former = "former";

    public string Target => Path.Combine(root, name);

    public string LockPath => Path.Combine(root, $".{name}.lock");

    /// <summary>Packages on their way, of this runtime alone, so that whoever has its lock may remove them.</summary>
    public string Downloads => Path.Combine(root, $".{name}.downloads");

    /// <summary>Where libraries are unpacked.</summary>
    public string NewBeside() => Beside(Passing);

    /// <summary>Puts back what one that was killed between two renames had set aside.</summary>
    public void Restore()
    {
        if (Directory.Exists(Target)) return;
        foreach (var former in Left(Former).Where(IsWhole).OrderByDescending(Directory.GetLastWriteTimeUtc))
        {
            try
            {
                Directory.Move(former, Target);
                return;
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                // Installed anew it is as good.
            }
        }
    }

    /// <summary>The new folder takes the target's place; only between the two renames there is none.</summary>
    /// <exception cref="FineTuneException">RuntimeInUse, RuntimeSetAside.</exception>
    public void Place(string beside)
    {
        var former = SetAside(Former);
        try
        {
            Directory.Move(beside, Target);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            if (former is null) throw Fault.CannotWrite(Target, wrong);
            try
            {
                Directory.Move(former, Target);
            }
            catch (Exception worse) when (worse is IOException or UnauthorizedAccessException)
            {
                throw Fault.RuntimeSetAside(Target, former, wrong);
            }
            throw Fault.RuntimeInUse(Target, wrong);
        }
        RemoveLeft(Former);
    }

    /// <summary>Removes the target whole or not at all, and all that is left beside it.</summary>
    /// <exception cref="FineTuneException">RuntimeInUse.</exception>
    public void Remove()
    {
        if (OperatingSystem.IsWindows()) RequireFree();
        SetAside(Passing);
        RemoveLeft(Former);
        RemoveLeft();
        Leftovers.TryRemove(Downloads);
    }

    /// <summary>On Windows a library that is loaded cannot be deleted; the next install tries again.</summary>
    public void RemoveLeft() => RemoveLeft(Passing);

    void RemoveLeft(string ending)
    {
        foreach (var left in Left(ending)) Leftovers.TryRemove(left);
    }

    string? SetAside(string ending)
    {
        if (!Directory.Exists(Target)) return null;
        var aside = Beside(ending);
        try
        {
            Directory.Move(Target, aside);
            return aside;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.RuntimeInUse(Target, wrong);
        }
    }

    // A folder can be renamed while a program has libraries of it mapped, of which some could then be deleted and others not.
    void RequireFree()
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Target))
                using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1)) { }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.RuntimeInUse(Target, wrong);
        }
    }

    static bool IsWhole(string folder)
    {
        try
        {
            return RuntimeInstaller.Read(folder) is not null;
        }
        catch (FineTuneException)
        {
            return false;
        }
    }

    string Beside(string ending) => Path.Combine(root, $".{name}.{Guid.NewGuid():n}.{ending}");

    string[] Left(string ending) => Directory.Exists(root) ? Directory.GetDirectories(root, $".{name}.*.{ending}") : [];
}
