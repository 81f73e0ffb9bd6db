namespace EdgeFilter.Proxy.Bodies;

/// <summary>An object or array of a JSON body. What lies inside it is contiguous in the body's lists of leaves and containers.</summary>
internal record struct JsonContainer
{
    /// <summary>Byte offset of the opening bracket.</summary>
    public int Start;

    /// <summary>Byte offset just behind the closing bracket.</summary>
    public int End;

    /// <summary>The container around it; -1 for the outermost.</summary>
    public int Parent;

    /// <summary>The leaf that is its name; -1 for array elements and the root.</summary>
    public int Name;

    /// <summary>The place among its parent's elements or members, from 0.</summary>
    public int Index;

    /// <summary>How many elements or members it has.</summary>
    public int Count;

    /// <summary>The first leaf inside; <see cref="LeafEnd"/> is the first one behind.</summary>
    public int LeafStart;

    public int LeafEnd;

    /// <summary>The first container behind all that it holds; its own children begin right after itself.</summary>
    public int ContainerEnd;

    /// <summary>The member that says who speaks (<c>role</c>), if the description names one and it is a string; else -1.</summary>
    public int RoleLeaf;

    /// <summary>The member that says what this object is (<c>type</c>), if the description names one and it is a string; else -1.</summary>
    public int TypeLeaf;

    /// <summary>Elements of an array that are numbers.</summary>
    public int NumberCount;

    /// <summary>What the protocol's description says of this place.</summary>
    public short Field;

    public bool IsArray;
}
