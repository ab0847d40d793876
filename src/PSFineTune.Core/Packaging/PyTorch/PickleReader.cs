namespace PSFineTune.Packaging.PyTorch;

/// <summary>
/// Reads the pickles that PyTorch writes (https://docs.python.org/3/library/pickletools.html has the opcodes) as data. What a
/// pickle names is looked up in an allow-list of constructors, each of which makes a plain value here; there is no way
/// from a name to code. What is made takes memory in proportion to the pickle's bytes.
/// </summary>
/// <param name="bytes">At the first byte of a pickle.</param>
/// <param name="most">Opcodes that may be obeyed.</param>
sealed class PickleReader(PickleBytes bytes, long most)
{
    static readonly object s_true = true, s_false = false;

    readonly List<object?> _stack = [];
    readonly Stack<int> _marks = new();
    readonly Dictionary<long, object?> _memo = [];

    /// <summary>Every storage that the pickle names, by key.</summary>
    public Dictionary<string, TorchStorage> Storages { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of the pickle.</summary>
    /// <exception cref="FormatException">What is wrong, in words.</exception>
    /// <exception cref="PickleCodeException">It names something that is not in the allow-list.</exception>
    public object? Read()
    {
        if (bytes.Next() != 0x80 || bytes.Next() is not (>= 2 and <= 5)) throw new FormatException("its pickle is not of protocol 2 to 5");
        for (var step = 0L; step < most; step++)
        {
            var opcode = bytes.Next();
            if (opcode != '.')
            {
                if (!Literal(opcode) && !Container(opcode) && !Place(opcode) && !Called(opcode)) throw new FormatException($"its pickle has the opcode {opcode:x2}, which no weights need");
            }
            else return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw new FormatException($"its pickle ends with {_stack.Count} values");
        }
        throw new FormatException($"its pickle has over {most} steps, more than weights of its size need");
    }

    // Values that stand in the pickle themselves.
    bool Literal(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'N': Push(null); break;
            case 0x88: Push(s_true); break;
            case 0x89: Push(s_false); break;
            case (byte)'K': Push(bytes.Number(1)); break;
            case (byte)'M': Push(bytes.Number(2)); break;
            case (byte)'J': Push((long)(int)bytes.Number(4)); break;
            case 0x8A: Push(Long(bytes.Take(bytes.Number(1)))); break;
            case 0x8B: Push(Long(bytes.Take(bytes.Number(4)))); break;
            case (byte)'G': Skip(8); break;
            case (byte)'C': Skip(bytes.Number(1)); break;
            case (byte)'B': Skip(bytes.Number(4)); break;
            case 0x8E: Skip(bytes.Number(8)); break;
            case 0x96: Skip(bytes.Number(8)); break;
            case 0x8C or (byte)'U': Push(bytes.Text(bytes.Number(1))); break;
            case (byte)'X' or (byte)'T': Push(bytes.Text(bytes.Number(4))); break;
            case 0x8D: Push(bytes.Text(bytes.Number(8))); break;
            default: return false;
        }
        return true;
    }

    // Tuples, lists, dictionaries and sets, and what is put into them.
    bool Container(byte opcode)
    {
        switch (opcode)
        {
            case (byte)')': Push(Array.Empty<object?>()); break;
            case 0x85: Push(Taken(1)); break;
            case 0x86: Push(Taken(2)); break;
            case 0x87: Push(Taken(3)); break;
            case (byte)'t': Push(ToMark()); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)'l': Push(ToMark().ToList()); break;
            case (byte)'a': { var item = Pop(); Add([item]); break; }
            case (byte)'e': Add(ToMark()); break;
            case (byte)'}': Push(new PickleDict()); break;
            case (byte)'s': Set(Taken(2)); break;
            case (byte)'u': Set(ToMark()); break;
            case 0x8F: Push(new HashSet<object>()); break;
            case 0x90: ToMark(); _ = Top is HashSet<object> ? true : throw new FormatException("its pickle fills a set that is none"); break;
            case 0x91: ToMark(); Push(PickleOpaque.Value); break;
            default: return false;
        }
        return true;
    }

    // Where values are: the stack, its marks, and what is kept to be asked for again.
    bool Place(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: bytes.Next(); break;
            case 0x95: bytes.Take(8); break;
            case (byte)'(': _marks.Push(_stack.Count); break;
            case (byte)'0': Discard(); break;
            case (byte)'1': ToMark(); break;
            case (byte)'2': Push(Top); break;
            case (byte)'q': _memo[bytes.Number(1)] = Top; break;
            case (byte)'r': _memo[bytes.Number(4)] = Top; break;
            case 0x94: _memo[_memo.Count] = Top; break;
            case (byte)'h': Recall(bytes.Number(1)); break;
            case (byte)'j': Recall(bytes.Number(4)); break;
            default: return false;
        }
        return true;
    }

    // Names, and what is made by them.
    bool Called(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'c': Push(TorchConstructors.Find(bytes.Line(), bytes.Line())); break;
            case 0x93: { var names = Taken(2); Push(TorchConstructors.Find(TextOf(names[0]), TextOf(names[1]))); break; }
            case (byte)'R' or 0x81: Call(Taken(2)); break;
            case (byte)'b': Build(Taken(2)); break;
            case (byte)'Q': Push(Kept(TorchConstructors.Storage(Pop()))); break;
            case (byte)'i': throw new PickleCodeException($"{bytes.Line()}.{bytes.Line()}");
            case (byte)'o': throw new PickleCodeException("a class (OBJ)");
            case 0x92: throw new PickleCodeException("a class (NEWOBJ_EX)");
            case >= 0x82 and <= 0x84: throw new PickleCodeException("a registered extension (EXT)");
            default: return false;
        }
        return true;
    }

    object? Top => _stack.Count > Floor ? _stack[^1] : throw Empty();

    // What lies below a mark is not there for what stands above it.
    int Floor => _marks.Count > 0 ? _marks.Peek() : 0;

    static FormatException Empty() => new("its pickle takes values that are not there");

    static string TextOf(object? value) => value as string ?? throw new FormatException("its pickle has a name that is no text");

    void Push(object? value) => _stack.Add(value);

    object? Pop() => Taken(1)[0];

    // A mark counts as what lies on top, as Python has it.
    void Discard()
    {
        if (_marks.Count > 0 && _marks.Peek() == _stack.Count) _marks.Pop();
        else Pop();
    }

    object?[] Taken(int count)
    {
        if (_stack.Count - Floor < count) throw Empty();
        var taken = _stack.GetRange(_stack.Count - count, count).ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return taken;
    }

    object?[] ToMark()
    {
        if (_marks.Count == 0) throw new FormatException("its pickle goes back to a mark that it never made");
        var taken = Taken(_stack.Count - _marks.Peek());
        _marks.Pop();
        return taken;
    }

    TorchStorage Kept(TorchStorage storage) => Storages.TryAdd(storage.Key, storage) || Storages[storage.Key] == storage ? storage : throw new FormatException($"it has two storages '{TorchArchive.Named(storage.Key)}'");

    void Skip(long length)
    {
        bytes.Take(length);
        Push(PickleOpaque.Value);
    }

    static object Long(byte[] value)
    {
        if (value.Length > 8) return PickleOpaque.Value;
        var number = value.Length > 0 && value[^1] >= 0x80 ? -1L : 0;
        for (var i = value.Length - 1; i >= 0; i--) number = (number << 8) | value[i];
        return number;
    }

    void Recall(long place) => Push(_memo.TryGetValue(place, out var value) ? value : throw new FormatException("its pickle asks for a value that it never kept"));

    void Add(object?[] items)
    {
        if (Top is not List<object?> list) throw new FormatException("its pickle adds to a list that is none");
        list.AddRange(items);
    }

    void Set(object?[] items)
    {
        if (Top is not PickleDict dict || items.Length % 2 != 0) throw new FormatException("its pickle sets values of a dictionary that is none");
        for (var i = 0; i < items.Length; i += 2) dict.Pairs.Add(new(items[i], items[i + 1]));
    }

    void Call(object?[] call) => Push(call is [PickleConstructor constructor, object?[] arguments] ? constructor.Call(arguments) : throw new FormatException("its pickle calls what cannot be called"));

    // A state dict has notes on versions as attributes; no other object here has any.
    void Build(object?[] build) => Push(build[0] is PickleDict or TorchTensor ? build[0] : throw new FormatException("its pickle gives attributes to a value that has none"));
}
